// sauna.h, sentence by sentence.

#include "sauna.h"

#include <racelings/scenes.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>

// ---- A sauna, and people who count heads ----

static struct sauna *sauna;
static int places;
static atomic_int inside;

static void build(int number)
{
    places = number;
    atomic_store(&inside, 0);
    sauna = sauna_new(number);
}

static void come_in(void)
{
    sauna_enter(sauna);
    int heads = atomic_fetch_add_explicit(&inside, 1, memory_order_relaxed) + 1;
    scene_expect(heads <= places, "there are not more inside than places");
}

static void go_out(void)
{
    atomic_fetch_sub_explicit(&inside, 1, memory_order_relaxed);
    sauna_leave(sauna);
}

static void visit(void)
{
    come_in();
    go_out();
}

static void build_for_one(void)
{
    build(1);
}

static void build_for_two(void)
{
    build(2);
}

static void build_for_three(void)
{
    build(3);
}

static void one_is_inside(void)
{
    build_for_one();
    come_in();
}

static void two_are_inside(void)
{
    build_for_two();
    come_in();
    come_in();
}

static void two_go_out(void)
{
    go_out();
    go_out();
}

// Ends a scene: so many are still inside.
static void clear_out(int guests)
{
    scene_expect(!scene_timed_out(), "nobody waits until a time is up");
    EXPECT(sauna_guests(sauna) == guests);
    while (guests-- > 0)
        go_out();
    visit();
    EXPECT(sauna_guests(sauna) == 0);
    sauna_free(sauna);
}

static void nobody_is_inside(void)
{
    clear_out(0);
}

static void one_stayed(void)
{
    clear_out(1);
}

static void two_stayed(void)
{
    clear_out(2);
}

static void three_stayed(void)
{
    clear_out(3);
}

// ---- Going out never waits ----

static void go_out_at_once(void)
{
    come_in();
    atomic_fetch_sub_explicit(&inside, 1, memory_order_relaxed);
    sauna_leave(sauna);
    sauna_enter(sauna);
    sauna_leave(sauna);
}

// ---- Counting from outside ----

static int seen;

static void look_in(void)
{
    seen = sauna_guests(sauna);
}

static void one_or_none_seen(void)
{
    scene_expect(seen == 0 || seen == 1, "as many are seen as there were at a moment");
    one_stayed();
}

// ---- A large one ----

enum { MANY = 300 };

static void many_come(void)
{
    build(MANY);
    for (int i = 0; i < MANY; i++)
        come_in();
    EXPECT(sauna_guests(sauna) == MANY);
    for (int i = 0; i < MANY; i++)
        go_out();
}

static void *visit_and_go(void *unused)
{
    visit();
    return unused;
}

static void twenty_visit(void)
{
    for (int i = 0; i < 20; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, visit_and_go, NULL);
        pthread_join(thread, NULL);
    }
}

// ---- Two saunas, and what they leave behind ----

static struct sauna *lake;
static long allocated_before;

// What is allocated once for all saunas is here by now.
static void two_saunas(void)
{
    build_for_one();
    nobody_is_inside();
    allocated_before = scene_allocated();
    one_is_inside();
    lake = sauna_new(1);
}

static void go_to_the_lake(void)
{
    sauna_enter(lake);
    EXPECT(sauna_guests(lake) == 1);
    sauna_leave(lake);
}

static void lake_is_empty(void)
{
    EXPECT(sauna_guests(lake) == 0);
    sauna_free(lake);
    one_stayed();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"two want one place",
     "waits while all places are taken",
     build_for_one,
     {visit, visit},
     nobody_is_inside},
    {"three want one place",
     "There are never more guests inside than places.",
     build_for_one,
     {visit, visit, visit},
     nobody_is_inside},
    {"three want two places",
     "There are never more guests inside than places.",
     build_for_two,
     {visit, visit, visit},
     nobody_is_inside},
    {"taken at first",
     "waits while all places are taken",
     one_is_inside,
     {go_out, come_in},
     one_stayed},
    {"who comes last",
     "There are never more guests inside than places.",
     one_is_inside,
     {go_out, visit, visit},
     nobody_is_inside},
    {"two go out, two come in",
     "who waits for one gets in",
     two_are_inside,
     {two_go_out, come_in, come_in},
     two_stayed},
    {"two go out singly",
     "who waits for one gets in",
     two_are_inside,
     {go_out, go_out, come_in},
     one_stayed},
    {"room for three", "Goes in", build_for_three, {come_in, come_in, come_in}, three_stayed},
    {"nobody waits", "Waits for nobody.", build_for_one, {go_out_at_once}, nobody_is_inside},
    {"looked into",
     "How many guests are inside.",
     build_for_one,
     {come_in, look_in},
     one_or_none_seen},
    {"three hundred places", "with so many places", NULL, {many_come}, nobody_is_inside},
    {"twenty people",
     "used by any number of threads",
     build_for_one,
     {twenty_visit, visit},
     nobody_is_inside},
    {"two saunas",
     "The caller frees it when nobody is at it any more.",
     two_saunas,
     {go_to_the_lake, go_to_the_lake},
     lake_is_empty},
    {.name = NULL},
};
