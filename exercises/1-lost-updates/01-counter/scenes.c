// counter.h, sentence by sentence.

#include "counter.h"

#include <racelings/scenes.h>

#include <pthread.h>
#include <stddef.h>

static struct counter *visitors;

static void open_stadium(void)
{
    visitors = counter_new();
}

static void let_one_in(void)
{
    counter_increment(visitors);
}

// Ends a scene: `count` visitors were let in.
static void close_stadium(long count)
{
    scene_expect(counter_value(visitors) == count, "the counter holds the number of increments");
    counter_free(visitors);
}

static void two_are_in(void)
{
    close_stadium(2);
}

static void three_are_in(void)
{
    close_stadium(3);
}

// ---- Two counters that have nothing to do with each other ----

static struct counter *north, *south;

static void open_north(void)
{
    north = counter_new();
    EXPECT(counter_value(north) == 0);
    counter_increment(north);
}

static void open_south(void)
{
    south = counter_new();
    EXPECT(counter_value(south) == 0);
}

static void each_has_its_own(void)
{
    EXPECT(counter_value(north) == 1);
    EXPECT(counter_value(south) == 0);
    counter_free(north);
    counter_free(south);
}

// ---- Somebody who asks while others are let in ----

static long asked_first, asked_again;

static void ask_twice(void)
{
    asked_first = counter_value(visitors);
    asked_again = counter_value(visitors);
}

static void the_answers_fit(void)
{
    scene_expect(asked_first >= 0, "no count is below zero");
    scene_expect(asked_first <= asked_again, "the count does not go back");
    scene_expect(asked_again <= 2, "no more are counted than there were");
    close_stadium(2);
}

// ---- Two who ask: neither is in the other's way ----

static void open_to_two(void)
{
    open_stadium();
    let_one_in();
    let_one_in();
}

static void one_asks(void)
{
    asked_first = counter_value(visitors);
}

static void other_asks(void)
{
    asked_again = counter_value(visitors);
}

static void both_were_told(void)
{
    scene_expect(asked_first == 2, "both that were counted are given");
    scene_expect(asked_again == 2, "both that were counted are given");
    close_stadium(2);
}

// ---- More visitors than a byte counts ----

enum { CROWD = 300 };

static void open_to_a_crowd(void)
{
    open_stadium();
    for (int i = 0; i < CROWD; i++)
        counter_increment(visitors);
}

static void the_crowd_is_in(void)
{
    close_stadium(CROWD + 2);
}

// ---- More threads than anybody has thought of, one after the other ----

enum { THREADS = 20 };

static void *let_one_in_and_go(void *unused)
{
    let_one_in();
    return unused;
}

static void let_in_by_many(void)
{
    for (int i = 0; i < THREADS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, let_one_in_and_go, NULL);
        pthread_join(thread, NULL);
    }
}

static void all_are_in(void)
{
    close_stadium(THREADS + 1);
}

// ---- What a counter leaves behind ----

static long allocated_before;

// What is allocated once for all counters is here by now.
static void use_one_counter(void)
{
    open_stadium();
    let_one_in();
    counter_free(visitors);
    allocated_before = scene_allocated();
    open_stadium();
}

static void nothing_is_left(void)
{
    close_stadium(2);
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"two counters", "A counter at zero", NULL, {open_north, open_south}, each_has_its_own},
    {"two at once", "Adds one.", open_stadium, {let_one_in, let_one_in}, two_are_in},
    {"three at once",
     "Adds one.",
     open_stadium,
     {let_one_in, let_one_in, let_one_in},
     three_are_in},
    {"asking meanwhile",
     "Any thread may ask at any time.",
     open_stadium,
     {let_one_in, let_one_in, ask_twice},
     the_answers_fit},
    {"two who ask",
     "Any thread may ask at any time.",
     open_to_two,
     {one_asks, other_asks},
     both_were_told},
    {"a crowd",
     "How often counter_increment was called.",
     open_to_a_crowd,
     {let_one_in, let_one_in},
     the_crowd_is_in},
    {"many threads",
     "any number of threads may increment",
     open_stadium,
     {let_in_by_many, let_one_in},
     all_are_in},
    {"nothing left",
     "The caller frees it.",
     use_one_counter,
     {let_one_in, let_one_in},
     nothing_is_left},
    {.name = NULL},
};
