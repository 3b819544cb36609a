// stall.h, sentence by sentence.

#include "stall.h"

#include <racelings/scenes.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

// ---- A stall, a farmer and customers ----

static struct stall *stall;
static atomic_int brought[FRUITS]; // counted just before a delivery

static void build_stall(void)
{
    stall = stall_new();
}

static void deliver(enum fruit kind)
{
    atomic_fetch_add_explicit(&brought[kind], 1, memory_order_relaxed);
    stall_deliver(stall, kind);
}

static void buy(enum fruit kind)
{
    stall_buy(stall, kind);
    int left = atomic_fetch_sub_explicit(&brought[kind], 1, memory_order_relaxed) - 1;
    scene_expect(left >= 0, "nobody takes what is not there");
}

static void bring_apple(void)
{
    deliver(APPLE);
}

static void bring_two_apples(void)
{
    bring_apple();
    bring_apple();
}

static void bring_pear(void)
{
    deliver(PEAR);
}

static void bring_apple_and_pear(void)
{
    bring_apple();
    bring_pear();
}

static void buy_apple(void)
{
    buy(APPLE);
}

static void buy_pear(void)
{
    buy(PEAR);
}

static void buy_plum(void)
{
    buy(PLUM);
}

static void bring_plum_and_apple(void)
{
    deliver(PLUM);
    bring_apple();
}

// ---- Three in the shade, and one call ----

static void *friend_buys_plum(void *unused)
{
    buy_plum();
    return unused;
}

static void buy_pear_with_friend(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, friend_buys_plum, NULL);
    buy_pear();
    pthread_join(thread, NULL);
}

static void buy_apple_then_bring_the_rest(void)
{
    buy_apple();
    bring_pear();
    deliver(PLUM);
}

// ---- The end ----

static void bring_one_of_each(void)
{
    bring_pear();
    bring_apple();
    deliver(PLUM);
}

static void an_apple_is_there(void)
{
    build_stall();
    bring_apple();
}

// Ends a scene: so many apples are left, and nothing else.
static void clear_stall(int apples)
{
    scene_expect(!scene_timed_out(), "nobody waits until a time is up");
    EXPECT(stall_count(stall, APPLE) == apples);
    EXPECT(stall_count(stall, PEAR) == 0 && stall_count(stall, PLUM) == 0);
    while (apples-- > 0)
        buy_apple();
    bring_one_of_each();
    buy_apple();
    buy_pear();
    buy_plum();
    stall_free(stall);
}

static void nothing_is_left(void)
{
    clear_stall(0);
}

static void one_apple_is_left(void)
{
    clear_stall(1);
}

static void two_apples_are_left(void)
{
    clear_stall(2);
}

// ---- Counting meanwhile ----

static int seen;

static void count_apples(void)
{
    seen = stall_count(stall, APPLE);
}

static void none_or_one_seen(void)
{
    scene_expect(seen == 0 || seen == 1, "as many are seen as there were at a moment");
    one_apple_is_left();
}

// ---- A good harvest ----

enum { MANY = 300 };

static void sell_many(void)
{
    build_stall();
    for (int i = 0; i < MANY; i++)
        bring_apple();
    EXPECT(stall_count(stall, APPLE) == MANY);
    for (int i = 0; i < MANY; i++)
        buy_apple();
}

// ---- Two stalls, and what they leave behind ----

static struct stall *next_stall;
static long allocated_before;

// What is allocated once for all stalls is here by now.
static void two_stalls(void)
{
    build_stall();
    nothing_is_left();
    allocated_before = scene_allocated();
    build_stall();
    next_stall = stall_new();
}

static void deliver_next_door(void)
{
    stall_deliver(next_stall, APPLE);
}

static void buy_next_door(void)
{
    stall_buy(next_stall, APPLE);
}

static void both_are_closed(void)
{
    EXPECT(stall_count(next_stall, APPLE) == 0);
    stall_free(next_stall);
    one_apple_is_left();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"apple and pear",
     "One customer who waits for it, if there is any, gets it.",
     build_stall,
     {bring_apple_and_pear, buy_apple, buy_pear},
     nothing_is_left},
    {"apple and plum",
     "One customer who waits for it, if there is any, gets it.",
     build_stall,
     {bring_plum_and_apple, buy_apple, buy_plum},
     nothing_is_left},
    {"three in the shade",
     "One customer who waits for it, if there is any, gets it.",
     build_stall,
     {bring_apple, buy_apple_then_bring_the_rest, buy_pear_with_friend},
     nothing_is_left},
    {"only an apple",
     "One customer who waits for it, if there is any, gets it.",
     build_stall,
     {bring_apple, buy_apple},
     nothing_is_left},
    {"two apples",
     "One customer who waits for it, if there is any, gets it.",
     build_stall,
     {bring_two_apples, buy_apple, buy_apple},
     nothing_is_left},
    {"two farmers",
     "Any number of threads may deliver and buy.",
     build_stall,
     {bring_apple, bring_apple, buy_apple},
     one_apple_is_left},
    {"one of each",
     "Takes one piece of that kind",
     build_stall,
     {bring_one_of_each, buy_plum, buy_pear},
     one_apple_is_left},
    {"long there",
     "Takes one piece of that kind",
     an_apple_is_there,
     {buy_apple, bring_apple},
     one_apple_is_left},
    {"two farmers, nobody buys",
     "Brings one piece of that kind.",
     build_stall,
     {bring_apple, bring_apple},
     two_apples_are_left},
    {"first come",
     "waits while there is none",
     build_stall,
     {buy_pear, bring_pear},
     nothing_is_left},
    {"counted meanwhile",
     "How many pieces of that kind are there.",
     build_stall,
     {bring_apple, count_apples},
     none_or_one_seen},
    {"a good harvest", "Brings one piece of that kind.", NULL, {sell_many}, nothing_is_left},
    {"two stalls",
     "The caller frees it when nobody is at it any more.",
     two_stalls,
     {bring_apple, deliver_next_door, buy_next_door},
     both_are_closed},
    {.name = NULL},
};
