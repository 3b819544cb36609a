// hatch.h, sentence by sentence.

#include "hatch.h"

#include <racelings/scenes.h>

#include <stdatomic.h>
#include <stddef.h>

enum { SOUP = 1, FISH = 2, CAKE = 3 };

// ---- A hatch, cooks and waiters ----

static struct hatch *hatch;
static int taken[3];           // by the first, second and third waiter
static atomic_int put_in, out; // so many, counted before and after

static void for_one(void)
{
    hatch = hatch_new(1);
}

static void for_two(void)
{
    hatch = hatch_new(2);
}

static void for_three(void)
{
    hatch = hatch_new(3);
}

static void put(int dish)
{
    hatch_put(hatch, dish);
}

static void cook_soup(void)
{
    put(SOUP);
}

static void cook_fish(void)
{
    put(FISH);
}

static void cook_soup_and_fish(void)
{
    put(SOUP);
    put(FISH);
}

static void cook_three(void)
{
    cook_soup_and_fish();
    put(CAKE);
}

static void first_waiter(void)
{
    taken[0] = hatch_take(hatch);
}

static void second_waiter(void)
{
    taken[1] = hatch_take(hatch);
}

static void waiter_takes_two(void)
{
    first_waiter();
    second_waiter();
}

static void waiter_takes_three(void)
{
    waiter_takes_two();
    taken[2] = hatch_take(hatch);
}

// Ends a scene: nothing is in it, and it still works.
static void close_hatch(void)
{
    scene_expect(!scene_timed_out(), "nobody waits until a time is up");
    put(CAKE);
    EXPECT(hatch_take(hatch) == CAKE);
    hatch_free(hatch);
}

static void soup_was_taken(void)
{
    scene_expect(taken[0] == SOUP, "the soup is taken");
    close_hatch();
}

static void soup_then_fish(void)
{
    scene_expect(taken[0] == SOUP && taken[1] == FISH, "what came first is taken first");
    close_hatch();
}

static void three_in_order(void)
{
    scene_expect(taken[2] == CAKE, "what came last is taken last");
    soup_then_fish();
}

static void both_were_taken(void)
{
    scene_expect(taken[0] + taken[1] == SOUP + FISH && taken[0] != taken[1],
                 "each dish is taken once");
    close_hatch();
}

static void both_are_there(void)
{
    taken[0] = hatch_take(hatch);
    taken[1] = hatch_take(hatch);
    both_were_taken();
}

// ---- Waiting for room ----

static void soup_is_in(void)
{
    for_one();
    put(SOUP);
}

static void cook_fish_late(void)
{
    put(FISH);
    scene_expect(atomic_load_explicit(&out, memory_order_relaxed) > 0,
                 "a cook waits while there is no room");
}

static void take_soup(void)
{
    atomic_store_explicit(&out, 1, memory_order_relaxed);
    first_waiter();
}

static void fish_is_left(void)
{
    second_waiter();
    soup_then_fish();
}

// ---- Waiting for a dish ----

static void cook_says_so(void)
{
    atomic_store_explicit(&put_in, 1, memory_order_relaxed);
    put(SOUP);
}

static void wait_for_soup(void)
{
    first_waiter();
    scene_expect(atomic_load_explicit(&put_in, memory_order_relaxed) > 0,
                 "a waiter waits while there is no dish");
}

// ---- Room for many, and many times round ----

enum { MANY = 300 };

static void fill_and_empty(void)
{
    hatch = hatch_new(MANY);
    for (int i = 0; i < MANY; i++)
        put(i);
    for (int i = 0; i < MANY; i++)
        EXPECT(hatch_take(hatch) == i);
}

static void turn_round(void)
{
    for_three();
    for (int i = 0; i < 20; i++) {
        put(i);
        put(-i);
        EXPECT(hatch_take(hatch) == i);
        EXPECT(hatch_take(hatch) == -i);
    }
}

// ---- Dishes of every number, more often than a byte counts ----

enum { TURNS = 300 };
static const int dishes[] = {0, -1, 65536, -65537, 2147483647, -2147483647};

static void cook_every_dish(void)
{
    for (size_t i = 0; i < sizeof dishes / sizeof dishes[0]; i++)
        put(dishes[i]);
}

static void take_every_dish(void)
{
    for (size_t i = 0; i < sizeof dishes / sizeof dishes[0]; i++)
        EXPECT(hatch_take(hatch) == dishes[i]);
}

static void in_and_out(void)
{
    for_one();
    for (int i = 0; i < TURNS; i++) {
        put(i);
        EXPECT(hatch_take(hatch) == i);
    }
}

// ---- Two hatches, and what they leave behind ----

static struct hatch *cellar;
static long allocated_before;

// What is allocated once for all hatches is here by now.
static void two_hatches(void)
{
    for_one();
    close_hatch();
    allocated_before = scene_allocated();
    soup_is_in();
    cellar = hatch_new(1);
}

static void cellar_goes_on(void)
{
    hatch_put(cellar, CAKE);
    EXPECT(hatch_take(cellar) == CAKE);
    hatch_put(cellar, FISH); // which nobody takes
}

static void both_are_closed(void)
{
    EXPECT(hatch_take(hatch) == SOUP);
    close_hatch();
    hatch_free(cellar);
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"one dish", "waits while there is none", for_two, {first_waiter, cook_soup}, soup_was_taken},
    {"no room",
     "waits while there is no room",
     soup_is_in,
     {cook_fish_late, take_soup},
     fish_is_left},
    {"no dish",
     "waits while there is none",
     for_one,
     {cook_says_so, wait_for_soup},
     soup_was_taken},
    {"two dishes, one place",
     "Takes out the dish that has been there longest",
     for_one,
     {cook_soup_and_fish, waiter_takes_two},
     soup_then_fish},
    {"three dishes, two places",
     "Takes out the dish that has been there longest",
     for_two,
     {cook_three, waiter_takes_three},
     three_in_order},
    {"two cooks",
     "Any number of threads may do either.",
     for_two,
     {cook_soup, cook_fish},
     both_are_there},
    {"two cooks, one place",
     "Any number of threads may do either.",
     for_one,
     {cook_soup, cook_fish, waiter_takes_two},
     both_were_taken},
    {"two waiters",
     "Any number of threads may do either.",
     for_two,
     {cook_soup_and_fish, first_waiter, second_waiter},
     both_were_taken},
    {"two waiters, one place",
     "Any number of threads may do either.",
     for_one,
     {cook_soup_and_fish, first_waiter, second_waiter},
     both_were_taken},
    {"room for three hundred", "room for so many dishes", NULL, {fill_and_empty}, close_hatch},
    {"in and out", "Any number", NULL, {in_and_out}, close_hatch},
    {"every dish", "Puts a dish in", for_two, {cook_every_dish, take_every_dish}, close_hatch},
    {"round and round",
     "Takes out the dish that has been there longest",
     NULL,
     {turn_round},
     close_hatch},
    {"two hatches",
     "The caller frees it when nobody is at it any more.",
     two_hatches,
     {cellar_goes_on},
     both_are_closed},
    {.name = NULL},
};
