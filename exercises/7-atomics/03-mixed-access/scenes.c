// mixed_access.h, sentence by sentence.

#include "mixed_access.h"

#include <racelings/scenes.h>

#include <pthread.h>
#include <stddef.h>

// ---- A server, whose requests are counted, and a chart ----

static struct stats *stats;
static long bars[3]; // that were taken while others counted

static void start_server(void)
{
    stats = stats_new();
}

static void count_one(void)
{
    stats_count(stats);
}

static void count_two(void)
{
    stats_count(stats);
    stats_count(stats);
}

static void take_one(void)
{
    bars[0] = stats_take(stats);
}

static void take_three(void)
{
    for (int i = 0; i < 3; i++)
        bars[i] = stats_take(stats);
}

static void count_and_take(void)
{
    stats_count(stats);
    bars[0] = stats_take(stats);
    scene_expect(bars[0] >= 1, "what was counted before is given");
}

// Ends a scene: `count` requests were counted, and all but those in the bars not taken.
static void stop_server(long count)
{
    long sum = 0;
    for (int i = 0; i < 3; i++) {
        scene_expect(bars[i] >= 0, "no bar is below zero");
        sum += bars[i];
        scene_expect(sum <= count, "no more than were counted");
    }
    scene_expect(stats_take(stats) == count - sum, "each request is given once");
    for (int i = 0; i < 5; i++)
        EXPECT(stats_take(stats) == 0);
    stats_count(stats);
    EXPECT(stats_take(stats) == 1);
    stats_free(stats);
}

static void none_counted(void)
{
    stop_server(0);
}

static void one_counted(void)
{
    stop_server(1);
}

static void two_counted(void)
{
    stop_server(2);
}

static void three_counted(void)
{
    stop_server(3);
}

static void four_counted(void)
{
    stop_server(4);
}

// ---- Some were counted before ----

enum { CROWD = 300, THREADS = 20 };

static void count_five_early(void)
{
    start_server();
    for (int i = 0; i < 5; i++)
        stats_count(stats);
}

static void five_and_two_counted(void)
{
    stop_server(5 + 2);
}

static void count_five_and_take_early(void)
{
    count_five_early();
    EXPECT(stats_take(stats) == 5);
    EXPECT(stats_take(stats) == 0);
}

static void count_a_crowd(void)
{
    start_server();
    for (int i = 0; i < CROWD; i++)
        stats_count(stats);
}

static void a_crowd_and_two_counted(void)
{
    stop_server(CROWD + 2);
}

// ---- More threads than anybody has thought of, one after the other ----

static void *count_and_go(void *unused)
{
    count_one();
    return unused;
}

static void count_by_many(void)
{
    for (int i = 0; i < THREADS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, count_and_go, NULL);
        pthread_join(thread, NULL);
    }
}

static void all_counted(void)
{
    stop_server(THREADS + 1);
}

// ---- Two servers that have nothing to do with each other ----

static struct stats *other;

static void start_two_servers(void)
{
    start_server();
    other = stats_new();
    stats_count(other);
}

static void count_both(void)
{
    stats_count(stats);
    stats_count(other);
}

static void take_of_both(void)
{
    bars[0] = stats_take(stats);
    EXPECT(stats_take(other) >= 1);
}

static void other_is_empty_after(void)
{
    long rest = stats_take(other);
    scene_expect(rest == 0 || rest == 1, "no request is given twice");
    stats_free(other);
    one_counted();
}

static void count_one_at_the_other(void)
{
    stats_count(other);
}

static void each_has_its_own(void)
{
    EXPECT(stats_take(other) == 2);
    stats_free(other);
    one_counted();
}

// ---- What statistics leave behind ----

static long allocated_before;

// What is allocated once for all statistics is here by now.
static void use_one_server(void)
{
    start_server();
    stats_count(stats);
    stats_take(stats);
    stats_free(stats);
    allocated_before = scene_allocated();
    start_server();
}

static void nothing_is_left(void)
{
    two_counted();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"nobody counts", "Zero requests", start_server, {take_one}, none_counted},
    {"two at once", "Counts one request.", start_server, {count_one, count_one}, two_counted},
    {"three at once",
     "Any number of threads may call it.",
     start_server,
     {count_one, count_one, count_one},
     three_counted},
    {"one while it is taken",
     "how many requests were counted since the last call (or since stats_new), each of them once",
     start_server,
     {count_one, take_one},
     one_counted},
    {"two while they are taken",
     "how many requests were counted since the last call (or since stats_new), each of them once",
     start_server,
     {count_one, count_one, take_one},
     two_counted},
    {"taken three times",
     "but while others count",
     start_server,
     {count_two, take_three},
     two_counted},
    {"two and two, taken three times",
     "but while others count",
     start_server,
     {count_two, count_two, take_three},
     four_counted},
    {"there before",
     "since the last call (or since stats_new)",
     count_five_early,
     {count_two, take_one},
     five_and_two_counted},
    {"taken before",
     "since the last call",
     count_five_and_take_early,
     {count_two, take_one},
     two_counted},
    {"one's own",
     "how many requests were counted since the last call",
     start_server,
     {count_and_take, count_one},
     two_counted},
    {"a crowd",
     "Counts one request.",
     count_a_crowd,
     {count_one, count_one, take_one},
     a_crowd_and_two_counted},
    {"many threads",
     "Any number of threads may call it.",
     start_server,
     {count_by_many, count_one},
     all_counted},
    {"two servers",
     "Zero requests",
     start_two_servers,
     {count_one, count_one_at_the_other},
     each_has_its_own},
    {"two servers, both taken",
     "each of them once",
     start_two_servers,
     {count_both, take_of_both},
     other_is_empty_after},
    {"nothing left",
     "The caller frees it.",
     use_one_server,
     {count_one, count_one, take_one},
     nothing_is_left},
    {.name = NULL},
};
