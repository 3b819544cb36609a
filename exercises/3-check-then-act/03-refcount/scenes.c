// refcount.h, sentence by sentence.

#include "refcount.h"

#include <racelings/rendezvous.h>
#include <racelings/scenes.h>

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

enum { VIEWERS = 3, PATIENCE = 1000 }; // milliseconds, of virtual time

// ---- A frame, its pixels, and viewers, one for each part of a scene ----

struct picture {
    struct frame *frame;
    bool shown[VIEWERS]; // each viewer marks its own, while it has a reference
    bool seen[VIEWERS];  // these marks, when it was recycled
    atomic_int recycled; // how often
};

static struct picture picture;

static void recycle(void *pixels)
{
    struct picture *own = pixels;
    for (int i = 0; i < VIEWERS; i++)
        own->seen[i] = own->shown[i];
    atomic_fetch_add_explicit(&own->recycled, 1, memory_order_relaxed);
}

static int times_recycled(void)
{
    return atomic_load_explicit(&picture.recycled, memory_order_relaxed);
}

// A frame with so many references.
static void take_picture(int references)
{
    picture.frame = frame_new(&picture, recycle);
    for (int i = 1; i < references; i++)
        frame_retain(picture.frame);
}

static void take_picture_for_one(void)
{
    take_picture(1);
}

static void take_picture_for_two(void)
{
    take_picture(2);
}

static void take_picture_for_three(void)
{
    take_picture(3);
}

static void show(int viewer)
{
    picture.shown[viewer] = true;
    frame_release(picture.frame);
}

static void first_shows(void)
{
    show(0);
}

static void second_shows(void)
{
    show(1);
}

static void third_shows(void)
{
    show(2);
}

static void show_and_record(int viewer)
{
    frame_retain(picture.frame);
    frame_release(picture.frame);
    show(viewer);
}

static void first_shows_and_records(void)
{
    show_and_record(0);
}

static void second_shows_and_records(void)
{
    show_and_record(1);
}

// Ends a scene: the picture was recycled, and had been shown by so many viewers.
static void picture_is_back(int viewers)
{
    scene_expect(times_recycled() == 1, "it is recycled once");
    for (int i = 0; i < viewers; i++)
        scene_expect(picture.seen[i], "it is recycled after all viewers were through with it");
    frame_free(picture.frame);
    scene_expect(times_recycled() == 1, "it is recycled once");
}

static void back_from_one(void)
{
    picture_is_back(1);
}

static void back_from_two(void)
{
    picture_is_back(2);
}

static void back_from_three(void)
{
    picture_is_back(3);
}

// ---- One reference is still there ----

static void not_back_before_the_third(void)
{
    scene_expect(times_recycled() == 0, "it is not recycled while somebody has a reference");
    third_shows();
    picture_is_back(3);
}

// ---- One alone, who knows when it is the last ----

static void retain_twice_and_release(void)
{
    frame_retain(picture.frame);
    frame_retain(picture.frame);
    frame_release(picture.frame);
    frame_release(picture.frame);
    EXPECT(times_recycled() == 0);
    first_shows();
    EXPECT(times_recycled() == 1);
}

// ---- A reference that is handed on: who takes it is not who gives it up ----

static struct rendezvous handing_over = RENDEZVOUS(2);

static void first_takes_one_for_the_second(void)
{
    frame_retain(picture.frame);
    rendezvous_meet(&handing_over, PATIENCE);
    first_shows();
}

static void second_shows_what_it_is_given(void)
{
    rendezvous_meet(&handing_over, PATIENCE);
    second_shows();
}

// ---- More references than a byte counts ----

enum { CROWD = 300 };

static void take_picture_for_a_crowd(void)
{
    take_picture(CROWD);
    for (int i = 2; i < CROWD; i++) {
        frame_release(picture.frame);
        EXPECT(times_recycled() == 0);
    }
}

static void take_picture_for_all_but_two(void)
{
    take_picture(CROWD + 2);
}

static void the_crowd_gives_up(void)
{
    EXPECT(times_recycled() == 0);
    for (int i = 0; i < CROWD; i++) {
        EXPECT(times_recycled() == 0);
        frame_release(picture.frame);
    }
    picture_is_back(2);
}

// ---- Two frames that have nothing to do with each other ----

static struct picture left, right;

static void take_left(void)
{
    left.frame = frame_new(&left, recycle);
    left.shown[0] = true;
    frame_release(left.frame);
}

static void take_right(void)
{
    right.frame = frame_new(&right, recycle);
    frame_retain(right.frame);
    right.shown[1] = true;
    frame_release(right.frame);
}

static void only_left_is_back(void)
{
    scene_expect(left.recycled == 1 && left.seen[0],
                 "a frame that nobody holds any more is recycled once");
    scene_expect(right.recycled == 0, "a frame that somebody holds is not recycled");
    frame_release(right.frame);
    scene_expect(left.recycled == 1 && right.recycled == 1 && right.seen[1],
                 "each frame is recycled once");
    frame_free(left.frame);
    frame_free(right.frame);
}

// ---- What a frame leaves behind ----

static struct picture *film; // pixels of the camera's own
static long allocated_before;

// What is allocated once for all frames is here by now.
static void use_one_frame(void)
{
    frame_free(frame_new(&picture, recycle));
    allocated_before = scene_allocated();
    frame_free(frame_new(&picture, recycle)); // the next one leaves nothing
    EXPECT(scene_allocated() == allocated_before);
    film = calloc(1, sizeof *film);
    film->frame = frame_new(film, recycle);
    frame_retain(film->frame);
}

static void release_film(void)
{
    frame_release(film->frame);
}

static void only_the_film_is_left(void)
{
    frame_free(film->frame);
    scene_expect(film->recycled == 1, "a frame that nobody holds any more is recycled once");
    free(film); // which nobody else has freed
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"one alone",
     "A frame with one reference, the caller's",
     take_picture_for_one,
     {first_shows},
     back_from_one},
    {"one takes more",
     "One reference more.",
     take_picture_for_one,
     {retain_twice_and_release},
     back_from_one},
    {"last of two",
     "When the last reference is given up, `recycle` is called with `pixels`: once",
     take_picture_for_two,
     {first_shows, second_shows},
     back_from_two},
    {"last of three",
     "after all that was done to them by whoever had one",
     take_picture_for_three,
     {first_shows, second_shows, third_shows},
     back_from_three},
    {"two record",
     "One reference more.",
     take_picture_for_two,
     {first_shows_and_records, second_shows_and_records},
     back_from_two},
    {"one records",
     "One reference more.",
     take_picture_for_three,
     {first_shows_and_records, second_shows, third_shows},
     back_from_three},
    {"one is still there",
     "When the last reference is given up",
     take_picture_for_three,
     {first_shows, second_shows},
     not_back_before_the_third},
    {"one is still there, two record",
     "Gives up a reference.",
     take_picture_for_three,
     {first_shows_and_records, second_shows_and_records},
     not_back_before_the_third},
    {"handed on",
     "Only who has a reference may call it.",
     take_picture_for_one,
     {first_takes_one_for_the_second, second_shows_what_it_is_given},
     back_from_two},
    {"a crowd has gone",
     "Gives up a reference.",
     take_picture_for_a_crowd,
     {first_shows, second_shows},
     back_from_two},
    {"a crowd stays",
     "One reference more.",
     take_picture_for_all_but_two,
     {first_shows, second_shows},
     the_crowd_gives_up},
    {"two frames", "A frame with one reference", NULL, {take_left, take_right}, only_left_is_back},
    {"nothing left",
     "Frees the frame, when nobody uses it. The pixels are not its own.",
     use_one_frame,
     {release_film, release_film},
     only_the_film_is_left},
    {.name = NULL},
};
