// ring.h, sentence by sentence.

#include "ring.h"

#include <racelings/scenes.h>

#include <limits.h>
#include <stddef.h>

static struct ring *ring;

// Samples are numbered 1, 2, 3 ... from the scene's beginning; these went in before the parts began.
static long pushed_before;

// A ring that holds `count` samples already, and where as many have been as there is room for.
static void start_recording(size_t capacity, long count)
{
    ring = ring_new(capacity);
    for (size_t i = 0; i < capacity; i++) {
        long sample = 0;
        EXPECT(ring_push(ring, 77));
        scene_expect(ring_pop(ring, &sample) && sample == 77, "what went in comes out");
    }
    for (long sample = 1; sample <= count; sample++)
        EXPECT(ring_push(ring, sample));
    pushed_before = count;
}

static void room_for_one(void)
{
    start_recording(1, 0);
}

static void room_for_one_that_is_in(void)
{
    start_recording(1, 1);
}

static void room_for_two(void)
{
    start_recording(2, 0);
}

static void room_for_two_one_is_in(void)
{
    start_recording(2, 1);
}

static void room_for_two_both_are_in(void)
{
    start_recording(2, 2);
}

static void room_for_four_two_are_in(void)
{
    start_recording(4, 2);
}

// ---- The microphone and the recorder, two or three calls each ----

enum { MOST = 3 };

static long offered;   // samples: the next has the number pushed_before + accepted + 1
static long accepted;  // of those offered
static long asked;     // how often the recorder has looked
static long got;       // how often there was a sample
static long saved[64]; // those that it got

// A sample that is refused is offered again the next time, as the microphone in main.c does.
static void record(int times)
{
    for (int i = 0; i < times; i++) {
        offered++;
        if (ring_push(ring, pushed_before + accepted + 1))
            accepted++;
    }
}

static void save(int times)
{
    for (int i = 0; i < times; i++) {
        asked++;
        if (ring_pop(ring, &saved[got]))
            got++;
    }
}

static void record_one(void)
{
    record(1);
}

static void record_two(void)
{
    record(2);
}

static void record_three(void)
{
    record(MOST);
}

static void save_one(void)
{
    save(1);
}

static void save_two(void)
{
    save(2);
}

static void save_three(void)
{
    save(MOST);
}

// Nobody else is there to be waited for.
static void record_two_at_once(void)
{
    scene_must_not_wait(true);
    record_two();
    scene_must_not_wait(false);
}

static void save_two_at_once(void)
{
    scene_must_not_wait(true);
    save_two();
    scene_must_not_wait(false);
}

// Ends a scene: all that went in comes out once, oldest first.
static void stop_recording(void)
{
    long sample = 0;
    while (got < pushed_before + accepted && ring_pop(ring, &sample))
        saved[got++] = sample;
    scene_expect(got == pushed_before + accepted, "as many samples come out as went in");
    for (long i = 0; i < got; i++)
        scene_expect(saved[i] == i + 1, "the samples come out oldest first");
    scene_expect(!ring_pop(ring, &sample), "then the ring is empty");
    ring_free(ring);
}

static void all_were_accepted(void)
{
    scene_expect(accepted == offered, "there was room for every sample");
    stop_recording();
}

static void all_were_there(void)
{
    scene_expect(got == asked, "there was a sample each time");
    stop_recording();
}

static void all_were_accepted_and_there(void)
{
    scene_expect(got == asked, "there was a sample each time");
    all_were_accepted();
}

static void one_was_refused(void)
{
    scene_expect(accepted == offered - 1, "one sample is refused, and no more");
    stop_recording();
}

// ---- One side alone ----

static void nothing_was_there(void)
{
    scene_expect(got == 0, "nothing comes out of an empty ring");
    stop_recording();
}

static void nothing_was_accepted(void)
{
    scene_expect(accepted == 0, "nothing goes into a full ring");
    stop_recording();
}

// ---- Many samples ----

enum { CAPACITY = 300, TURNS = 300 };

static void fill_and_empty(void)
{
    ring = ring_new(CAPACITY);
    for (long sample = 1; sample <= CAPACITY; sample++)
        EXPECT(ring_push(ring, sample));
    EXPECT(!ring_push(ring, 0));
    EXPECT(!ring_push(ring, 0));
    long sample = 0;
    for (long i = 1; i <= CAPACITY; i++)
        EXPECT(ring_pop(ring, &sample) && sample == i);
    EXPECT(!ring_pop(ring, &sample));
    EXPECT(!ring_pop(ring, &sample));
    ring_free(ring);
}

// A ring whose counts, if any, no longer fit into a byte; and its capacity is no power of two.
static void after_many_turns(void)
{
    ring = ring_new(3);
    for (long i = 0; i < TURNS; i++) {
        long sample = 0;
        EXPECT(ring_push(ring, i));
        EXPECT(ring_pop(ring, &sample) && sample == i);
    }
    EXPECT(ring_push(ring, 1));
    EXPECT(ring_push(ring, 2));
    EXPECT(ring_push(ring, 3));
    EXPECT(!ring_push(ring, 4));
    pushed_before = 3;
}

// ---- Samples of every kind: none of them means "nothing" ----

static const long kinds[] = {0, -1, LONG_MIN, LONG_MAX};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static void room_for_every_kind(void)
{
    ring = ring_new(KINDS);
}

static void record_every_kind(void)
{
    for (int i = 0; i < KINDS; i++)
        EXPECT(ring_push(ring, kinds[i]));
}

static void every_kind_was_saved(void)
{
    save(KINDS);
    scene_expect(got >= KINDS, "as many samples come out as went in");
    for (int i = 0; i < KINDS; i++)
        scene_expect(saved[i] == kinds[i], "the samples come out as they went in");
    ring_free(ring);
}

// ---- What comes along with a sample ----

static long
    titles[2]; // of the pieces, by number of the sample; not guarded by anything but the ring

static void record_with_titles(void)
{
    for (long sample = 1; sample <= 2; sample++) {
        titles[sample - 1] = 100 * sample;
        EXPECT(ring_push(ring, sample));
    }
}

static void save_with_titles(void)
{
    for (int i = 0; i < 2; i++) {
        long sample;
        if (ring_pop(ring, &sample))
            scene_expect(titles[sample - 1] == 100 * sample, "the title comes with the sample");
    }
}

static void free_ring(void)
{
    ring_free(ring);
}

// ---- Two rings that have nothing to do with each other ----

static struct ring *left, *right;

static void record_left(void)
{
    left = ring_new(1);
    EXPECT(ring_push(left, 1));
    EXPECT(!ring_push(left, 2));
}

static void record_right(void)
{
    right = ring_new(2);
    long sample;
    EXPECT(!ring_pop(right, &sample));
    EXPECT(ring_push(right, 3));
    EXPECT(ring_push(right, 4));
    EXPECT(!ring_push(right, 5));
}

static void each_has_its_own(void)
{
    long sample = 0;
    EXPECT(ring_pop(left, &sample) && sample == 1);
    EXPECT(!ring_pop(left, &sample));
    EXPECT(ring_pop(right, &sample) && sample == 3);
    ring_free(left);
    ring_free(right); // one sample is still inside
}

// ---- What a ring leaves behind ----

static long allocated_before;

// What is allocated once for all rings is here by now.
static void use_one_ring(void)
{
    room_for_two_both_are_in();
    ring_free(ring);
    allocated_before = scene_allocated();
    room_for_two_one_is_in();
}

static void nothing_is_left(void)
{
    all_were_accepted_and_there();
    scene_expect(scene_allocated() == allocated_before, "nothing stays allocated");
}

const struct scene scenes[] = {
    {"nothing yet",
     "or returns false: the ring is empty",
     room_for_one,
     {save_two_at_once},
     nothing_was_there},
    {"nothing fits in",
     "or returns false: the ring is full",
     room_for_one_that_is_in,
     {record_two_at_once},
     nothing_was_accepted},
    {"one too many",
     "An empty ring with room for `capacity` samples",
     room_for_two,
     {record_three},
     one_was_refused},
    {"many fit in", "An empty ring with room for `capacity` samples", NULL, {fill_and_empty}, NULL},
    {"room for all", "Puts a sample in", room_for_two, {record_two, save_two}, all_were_accepted},
    {"room for all but one",
     "Puts a sample in",
     room_for_two,
     {record_three, save_three},
     stop_recording},
    {"room for one",
     "Puts a sample in, or returns false: the ring is full.",
     room_for_one,
     {record_three, save_three},
     stop_recording},
    {"full meanwhile",
     "Takes the oldest sample out",
     room_for_one_that_is_in,
     {record_two, save_one},
     all_were_there},
    {"both are in",
     "Takes the oldest sample out",
     room_for_two_both_are_in,
     {record_two, save_two},
     all_were_there},
    {"one is in",
     "Takes the oldest sample out",
     room_for_two_one_is_in,
     {record_two, save_three},
     stop_recording},
    {"neither full nor empty",
     "Does not wait.",
     room_for_four_two_are_in,
     {record_two, save_two},
     all_were_accepted_and_there},
    {"after many turns",
     "Takes the oldest sample out",
     after_many_turns,
     {record_one, save_two},
     all_were_there},
    {"every kind of sample",
     "Takes the oldest sample out",
     room_for_every_kind,
     {record_every_kind, save_one},
     every_kind_was_saved},
    {"titles",
     "What the producer did before it put the sample in is seen",
     room_for_two,
     {record_with_titles, save_with_titles},
     free_ring},
    {"two rings", "An empty ring", NULL, {record_left, record_right}, each_has_its_own},
    {"nothing left", "The caller frees it.", use_one_ring, {record_one, save_one}, nothing_is_left},
    {.name = NULL},
};
