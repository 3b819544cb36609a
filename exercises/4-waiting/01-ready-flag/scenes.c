// ready_flag.h, sentence by sentence.

#include "ready_flag.h"

#include <racelings/scenes.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

// ---- Reports, of which no two have anything in common ----

static const struct report storm = {7, 985, 10, "stormy"};
static const struct report fair = {-21, 1030, 2, "fair for long ."}; // fills the field
static const struct report nothing = {0, 0, 0, ""};

static bool same(struct report one, struct report other)
{
    return one.celsius == other.celsius && one.hectopascal == other.hectopascal &&
           one.beaufort == other.beaufort && strcmp(one.sky, other.sky) == 0;
}

// ---- A station, which posts one of them ----

static struct bulletin *bulletin;
static struct report posted;
static atomic_bool on_its_way; // set just before it is posted

static void print(struct report report)
{
    posted = report;
    bulletin = bulletin_new();
}

static void print_storm(void)
{
    print(storm);
}

static void print_fair(void)
{
    print(fair);
}

static void print_nothing(void)
{
    print(nothing);
}

static void post(void)
{
    atomic_store_explicit(&on_its_way, true, memory_order_relaxed);
    bulletin_post(bulletin, &posted);
}

// The station's own paper is used again for something else.
static void post_and_write_over(void)
{
    struct report own = posted;
    bulletin_post(bulletin, &own);
    own = (struct report){99, 999, 9, "nobody knows"};
}

static void print_and_post(void)
{
    print_fair();
    post();
}

// ---- Boats, one for each part of a scene and two that they bring along ----

enum { BOATS = 4 };
static struct report got[BOATS];

static void read_report(int boat)
{
    got[boat] = bulletin_read(bulletin);
    scene_expect(atomic_load_explicit(&on_its_way, memory_order_relaxed),
                 "a boat waits until the report has been posted");
}

static void first_reads(void)
{
    read_report(0);
}

static void second_reads(void)
{
    read_report(1);
}

static void first_reads_quietly(void)
{
    got[0] = bulletin_read(bulletin);
}

static void second_reads_quietly(void)
{
    got[1] = bulletin_read(bulletin);
}

static void first_reads_twice(void)
{
    read_report(0);
    read_report(2);
}

static void *friend_reads(void *boat)
{
    read_report(*(int *)boat);
    return NULL;
}

// Reads, and so does a friend, at the same time.
static void read_with_friend(int boat, int other)
{
    pthread_t thread;
    pthread_create(&thread, NULL, friend_reads, &other);
    read_report(boat);
    pthread_join(thread, NULL);
}

static void first_reads_with_friend(void)
{
    read_with_friend(0, 2);
}

static void second_reads_with_friend(void)
{
    read_with_friend(1, 3);
}

// Ends a scene: so many boats have read what was posted.
static void haul_down(int boats)
{
    for (int i = 0; i < boats; i++)
        scene_expect(same(got[i], posted), "the report that was posted, whole");
    for (int i = 0; i < 5; i++)
        EXPECT(same(bulletin_read(bulletin), posted));
    scene_expect(!scene_timed_out(), "nobody waits until a time is up");
    bulletin_free(bulletin);
}

static void one_knows(void)
{
    haul_down(1);
}

static void two_know(void)
{
    haul_down(2);
}

static void three_know(void)
{
    haul_down(3);
}

static void four_know(void)
{
    haul_down(4);
}

static void nobody_has_asked(void)
{
    haul_down(0);
}

// ---- More boats than anybody has thought of, one after the other ----

enum { FLEET = 20 };

static void *read_and_go(void *unused)
{
    EXPECT(same(bulletin_read(bulletin), posted));
    return unused;
}

static void a_fleet_reads(void)
{
    for (int i = 0; i < FLEET; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, read_and_go, NULL);
        pthread_join(thread, NULL);
    }
}

// ---- Two bulletins that have nothing to do with each other ----

static struct bulletin *north, *south;

static void make_north_and_south(void)
{
    north = bulletin_new();
    south = bulletin_new();
    bulletin_post(south, &storm);
}

static void post_in_the_north(void)
{
    EXPECT(same(bulletin_read(south), storm));
    atomic_store_explicit(&on_its_way, true, memory_order_relaxed);
    bulletin_post(north, &fair);
}

static void read_in_the_north(void)
{
    got[0] = bulletin_read(north);
    EXPECT(atomic_load_explicit(&on_its_way, memory_order_relaxed));
}

static void each_has_its_own(void)
{
    EXPECT(same(got[0], fair));
    EXPECT(same(bulletin_read(north), fair));
    EXPECT(same(bulletin_read(south), storm));
    bulletin_free(north);
    bulletin_free(south);
}

// ---- What a bulletin leaves behind ----

static long allocated_before;

// What is allocated once for all bulletins is here by now.
static void use_one_bulletin(void)
{
    print_and_post();
    bulletin_read(bulletin);
    bulletin_free(bulletin);
    allocated_before = scene_allocated();
    print_storm();
}

static void nothing_is_left(void)
{
    one_knows();
    bulletin_free(bulletin_new()); // on which nothing was posted
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"one waits",
     "Waits until the report has been posted, and returns it.",
     print_storm,
     {post, first_reads},
     one_knows},
    {"two wait",
     "any number of threads wait for it and read it",
     print_fair,
     {post, first_reads, second_reads},
     two_know},
    {"four wait",
     "any number of threads wait for it and read it",
     print_storm,
     {post, first_reads_with_friend, second_reads_with_friend},
     four_know},
    {"long posted", "and returns it", print_and_post, {first_reads, second_reads}, two_know},
    {"one reads twice",
     "Waits until the report has been posted, and returns it.",
     print_storm,
     {post, first_reads_twice, second_reads},
     three_know},
    {"nothing to report",
     "Waits until the report has been posted, and returns it.",
     print_nothing,
     {post, first_reads},
     one_knows},
    {"no news before it is posted",
     "A bulletin without a report",
     print_nothing,
     {post, first_reads, second_reads},
     two_know},
    {"the paper is used again",
     "Posts `report`.",
     print_fair,
     {post_and_write_over, first_reads_quietly, second_reads_quietly},
     two_know},
    {"nobody is there", "Called once; waits for nobody.", print_storm, {post}, nobody_has_asked},
    {"a fleet", "any number of threads", print_and_post, {a_fleet_reads, first_reads}, one_knows},
    {"two bulletins",
     "A bulletin without a report",
     make_north_and_south,
     {post_in_the_north, read_in_the_north},
     each_has_its_own},
    {"nothing left",
     "The caller frees it when nobody uses it any more.",
     use_one_bulletin,
     {post, first_reads},
     nothing_is_left},
    {.name = NULL},
};
