// read_yield_write.h, sentence by sentence.

#include "read_yield_write.h"

#include <racelings/scenes.h>

#include <pthread.h>
#include <stddef.h>

static struct views *views;

static void upload(void)
{
    views = views_new();
}

static void watch(void)
{
    views_add(views);
}

static void watch_twice(void)
{
    views_add(views);
    views_add(views);
}

// Ends a scene: the video was watched `count` times.
static void take_down(long count)
{
    scene_expect(views_count(views) == count, "every view is counted");
    views_free(views);
}

static void two_have_watched(void)
{
    take_down(2);
}

static void three_have_watched(void)
{
    take_down(3);
}

// ---- Two videos that have nothing to do with each other ----

static struct views *cats, *dogs;

static void upload_cats(void)
{
    cats = views_new();
    EXPECT(views_count(cats) == 0);
    views_add(cats);
}

static void upload_dogs(void)
{
    dogs = views_new();
    EXPECT(views_count(dogs) == 0);
}

static void each_has_its_own(void)
{
    EXPECT(views_count(cats) == 1);
    EXPECT(views_count(dogs) == 0);
    views_free(cats);
    views_free(dogs);
}

// ---- Somebody who asks while others watch ----

static long asked_first, asked_again;

static void ask_twice(void)
{
    asked_first = views_count(views);
    asked_again = views_count(views);
}

static void the_answers_fit(void)
{
    scene_expect(asked_first >= 0, "no count is below zero");
    scene_expect(asked_first <= asked_again, "the count does not go back");
    scene_expect(asked_again <= 2, "no more views are counted than there were");
    take_down(2);
}

// Two who ask: neither is in the other's way.
static void upload_and_watch(void)
{
    upload();
    watch_twice();
}

static void one_asks(void)
{
    asked_first = views_count(views);
}

static void other_asks(void)
{
    asked_again = views_count(views);
}

static void both_were_told(void)
{
    scene_expect(asked_first == 2, "both views are counted");
    scene_expect(asked_again == 2, "both views are counted");
    take_down(2);
}

static long asked_by_viewer;

static void watch_and_ask(void)
{
    watch();
    asked_by_viewer = views_count(views);
}

static void own_view_was_counted(void)
{
    scene_expect(asked_by_viewer == 1 || asked_by_viewer == 2, "one's own view is counted");
    take_down(2);
}

// ---- More views than a byte counts ----

enum { HIT = 300 };

static void upload_a_hit(void)
{
    upload();
    for (int i = 0; i < HIT; i++)
        views_add(views);
}

static void the_hit_was_watched(void)
{
    take_down(HIT + 2);
}

// ---- More viewers than anybody has thought of, one after the other ----

enum { VIEWERS = 20 };

static void *watch_and_go(void *unused)
{
    watch();
    return unused;
}

static void many_watch(void)
{
    for (int i = 0; i < VIEWERS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, watch_and_go, NULL);
        pthread_join(thread, NULL);
    }
}

static void all_have_watched(void)
{
    take_down(VIEWERS + 1);
}

// ---- What is left of a video ----

static long allocated_before;

// What is allocated once for all videos is here by now.
static void upload_another_one_first(void)
{
    upload();
    watch();
    views_free(views);
    allocated_before = scene_allocated();
    upload();
}

static void nothing_is_left(void)
{
    two_have_watched();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"two videos", "No views yet", NULL, {upload_cats, upload_dogs}, each_has_its_own},
    {"two at once", "Adds one view", upload, {watch, watch}, two_have_watched},
    {"three at once",
     "Any number of threads may count at once.",
     upload,
     {watch, watch, watch},
     three_have_watched},
    {"twice", "Adds one view", upload, {watch_twice, watch}, three_have_watched},
    {"asking meanwhile",
     "Any thread may ask at any time.",
     upload,
     {watch, watch, ask_twice},
     the_answers_fit},
    {"two who ask",
     "Any thread may ask at any time.",
     upload_and_watch,
     {one_asks, other_asks},
     both_were_told},
    {"one's own",
     "How often views_add was called.",
     upload,
     {watch_and_ask, watch},
     own_view_was_counted},
    {"a hit", "How often views_add was called.", upload_a_hit, {watch, watch}, the_hit_was_watched},
    {"many viewers",
     "Any number of threads may count at once.",
     upload,
     {many_watch, watch},
     all_have_watched},
    {"nothing left",
     "The caller frees it.",
     upload_another_one_first,
     {watch, watch},
     nothing_is_left},
    {.name = NULL},
};
