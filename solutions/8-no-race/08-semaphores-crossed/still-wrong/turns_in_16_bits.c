// Still wrong: `numbers_at_the_door.c` with turns of 16 bits. After 32,768 dishes at a place they begin
// again from 0, and whoever is next waits for 65,536.
// Caught by: native

#include "hatch.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct place {
    atomic_ushort turns; // times that somebody has put in or taken out here
    int dish;
};

struct hatch {
    unsigned long places;
    atomic_ulong cooks, waiters; // numbers given out to them
    struct place place[];
};

struct hatch *hatch_new(int room)
{
    struct hatch *hatch = calloc(1, sizeof *hatch + (size_t)room * sizeof(struct place));
    if (hatch)
        hatch->places = (unsigned long)room;
    return hatch;
}

void hatch_free(struct hatch *hatch)
{
    free(hatch);
}

// Waits until it is the turn of whoever comes to the place after so many others.
static void wait_for_turn(struct place *place, unsigned long turn)
{
    while (atomic_load_explicit(&place->turns, memory_order_acquire) != turn)
        sched_yield();
}

static void next_turn(struct place *place)
{
    atomic_fetch_add_explicit(&place->turns, 1, memory_order_release);
}

void hatch_put(struct hatch *hatch, int dish)
{
    unsigned long number = atomic_fetch_add(&hatch->cooks, 1);
    struct place *place = &hatch->place[number % hatch->places];
    wait_for_turn(place, number / hatch->places * 2);
    place->dish = dish;
    next_turn(place);
}

int hatch_take(struct hatch *hatch)
{
    unsigned long number = atomic_fetch_add(&hatch->waiters, 1);
    struct place *place = &hatch->place[number % hatch->places];
    wait_for_turn(place, number / hatch->places * 2 + 1);
    int dish = place->dish;
    next_turn(place);
    return dish;
}
