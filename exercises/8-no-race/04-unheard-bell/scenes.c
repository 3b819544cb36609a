// doorbell.h, sentence by sentence.

#include "doorbell.h"

#include <racelings/scenes.h>

#include <stdatomic.h>
#include <stddef.h>

// ---- A bell, postmen and people ----

static struct doorbell *bell;
static atomic_int rung; // counted just before the bell rings

static void hang_up_bell(void)
{
    bell = doorbell_new();
}

static void ring(void)
{
    atomic_fetch_add_explicit(&rung, 1, memory_order_relaxed);
    doorbell_ring(bell);
}

static void ring_twice(void)
{
    ring();
    ring();
}

static void open_door(void)
{
    doorbell_wait(bell);
    int left = atomic_fetch_sub_explicit(&rung, 1, memory_order_relaxed) - 1;
    scene_expect(left >= 0, "nobody goes to the door without a ring");
}

static void open_door_twice(void)
{
    open_door();
    open_door();
}

static void has_rung(void)
{
    hang_up_bell();
    ring();
}

static void has_rung_three_times(void)
{
    has_rung();
    ring_twice();
}

// Ends a scene: so many rings are left.
static void take_down(int rings)
{
    scene_expect(!scene_timed_out(), "nobody waits until a time is up");
    scene_expect(rung == rings, "as many rings are heard as there were");
    while (rings-- > 0)
        open_door();
    ring_twice();
    open_door_twice();
    doorbell_free(bell);
}

static void no_ring_is_left(void)
{
    take_down(0);
}

static void one_ring_is_left(void)
{
    take_down(1);
}

static void two_rings_are_left(void)
{
    take_down(2);
}

// ---- What the postman did before he rang ----

static int parcel, seen[2];

static void bring_parcel(void)
{
    parcel = 7;
    ring();
}

static void take_parcel(void)
{
    open_door();
    seen[0] = parcel;
}

static void another_looks(void)
{
    open_door();
    seen[1] = parcel;
}

static void bring_parcel_and_ring_twice(void)
{
    bring_parcel();
    ring();
}

static void parcel_was_seen(void)
{
    scene_expect(seen[0] == 7, "who hears the ring sees the parcel");
    no_ring_is_left();
}

static void parcel_was_seen_twice(void)
{
    scene_expect(seen[1] == 7, "who hears the ring sees the parcel");
    parcel_was_seen();
}

// ---- Many rings ----

enum { MANY = 300 };

static void ring_and_open_often(void)
{
    hang_up_bell();
    for (int i = 0; i < MANY; i++)
        ring();
    for (int i = 0; i < MANY; i++)
        open_door();
}

// ---- Two bells, and what they leave behind ----

static struct doorbell *neighbours;
static long allocated_before;

// What is allocated once for all bells is here by now.
static void two_bells(void)
{
    hang_up_bell();
    no_ring_is_left();
    allocated_before = scene_allocated();
    hang_up_bell();
    neighbours = doorbell_new();
}

static void ring_next_door(void)
{
    doorbell_ring(neighbours);
}

static void wait_next_door(void)
{
    doorbell_wait(neighbours);
}

static void both_are_taken_down(void)
{
    doorbell_free(neighbours);
    one_ring_is_left();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"one ring", "Waits until it rings", hang_up_bell, {ring, open_door}, no_ring_is_left},
    {"rung before",
     "a ring that came while nobody waited is not lost",
     has_rung,
     {open_door},
     no_ring_is_left},
    {"rung three times before",
     "a ring that came while nobody waited is not lost",
     has_rung_three_times,
     {open_door},
     two_rings_are_left},
    {"two rings for one",
     "returns once for each ring",
     hang_up_bell,
     {ring_twice, open_door},
     one_ring_is_left},
    {"two rings for two",
     "returns once for each ring",
     hang_up_bell,
     {ring_twice, open_door, open_door},
     no_ring_is_left},
    {"two rings, and two at one door",
     "returns once for each ring",
     hang_up_bell,
     {ring_twice, open_door_twice},
     no_ring_is_left},
    {"two postmen",
     "any number of threads may ring and wait",
     hang_up_bell,
     {ring, ring, open_door},
     one_ring_is_left},
    {"nobody at home",
     "Rings once, for one parcel. Waits for nobody.",
     hang_up_bell,
     {ring, ring},
     two_rings_are_left},
    {"one ring more",
     "no ring sends two to the door",
     has_rung,
     {open_door, open_door, ring},
     no_ring_is_left},
    {"a parcel",
     "Who returns sees what was done before the ring.",
     hang_up_bell,
     {bring_parcel, take_parcel},
     parcel_was_seen},
    {"a parcel for two",
     "Who returns sees what was done before the ring.",
     hang_up_bell,
     {bring_parcel_and_ring_twice, take_parcel, another_looks},
     parcel_was_seen_twice},
    {"three hundred rings",
     "returns once for each ring",
     NULL,
     {ring_and_open_often},
     no_ring_is_left},
    {"two bells",
     "The caller frees it when nobody is at it any more.",
     two_bells,
     {ring, ring_next_door, wait_next_door},
     both_are_taken_down},
    {.name = NULL},
};
