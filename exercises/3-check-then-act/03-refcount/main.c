// A camera sends `rounds` frames to four viewers. Each viewer, a thread, gets a reference with the
// frame and gives it up when the frame was shown. Every other frame it also records, and takes a
// reference for that.

#include "refcount.h"

#include <pthread.h>
#include <racelings/rendezvous.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { VIEWERS = 4, PATIENCE_MS = 10000 };

struct picture {
    bool recording;
    bool shown[VIEWERS], recorded[VIEWERS]; // each viewer marks its own
    bool complete;                          // all had marked it when it was recycled
    atomic_int recycled;                    // how often; 1 is right
    struct frame *frame;
};

static struct picture *pictures;
static long rounds;
static struct rendezvous next_frame = RENDEZVOUS(VIEWERS);

static void recycle(void *pixels)
{
    struct picture *picture = pixels;
    picture->complete = true;
    for (int i = 0; i < VIEWERS; i++)
        picture->complete &= picture->shown[i] && picture->recorded[i] == picture->recording;
    atomic_fetch_add_explicit(&picture->recycled, 1, memory_order_relaxed);
}

static void show(struct picture *picture, int viewer)
{
    picture->shown[viewer] = true;
    frame_release(picture->frame);
}

static void show_and_record(struct picture *picture, int viewer)
{
    frame_retain(picture->frame);
    show(picture, viewer);
    picture->recorded[viewer] = true;
    frame_release(picture->frame);
}

static void *view(void *data)
{
    int viewer = *(const int *)data;
    for (long i = 0; i < rounds; i++) {
        rendezvous_meet(&next_frame, PATIENCE_MS);
        if (pictures[i].recording)
            show_and_record(&pictures[i], viewer);
        else
            show(&pictures[i], viewer);
    }
    return NULL;
}

// Pictures with a reference for each viewer.
static void take_pictures(void)
{
    pictures = calloc((size_t)rounds, sizeof *pictures);
    for (long i = 0; i < rounds; i++) {
        pictures[i].recording = i % 2 == 1;
        pictures[i].frame = frame_new(&pictures[i], recycle);
        for (int viewer = 1; viewer < VIEWERS; viewer++)
            frame_retain(pictures[i].frame);
    }
}

// A frame that is popular has, in a long run, more references than 16 bits count. It is recycled after
// the last one, and not before.
static bool counts_the_popular(void)
{
    struct picture picture = {.complete = false};
    long more = 14 * rounds;
    picture.frame = frame_new(&picture, recycle);
    for (long i = 0; i < more; i++)
        frame_retain(picture.frame);
    for (long i = 0; i < more; i++)
        frame_release(picture.frame);
    bool too_early = picture.recycled > 0;
    frame_release(picture.frame);
    frame_free(picture.frame);
    return !too_early && picture.recycled == 1;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 5000;
    if (!counts_the_popular()) {
        printf("a frame with %ld references must be recycled once, after the last one\n",
               14 * rounds + 1);
        return 1;
    }
    take_pictures();

    pthread_t threads[VIEWERS];
    int viewers[VIEWERS];
    for (int i = 0; i < VIEWERS; i++) {
        viewers[i] = i;
        pthread_create(&threads[i], NULL, view, &viewers[i]);
    }
    for (int i = 0; i < VIEWERS; i++)
        pthread_join(threads[i], NULL);

    long right = 0, never = 0;
    for (long i = 0; i < rounds; i++) {
        right += pictures[i].recycled == 1 && pictures[i].complete;
        never += pictures[i].recycled == 0;
        frame_free(pictures[i].frame);
    }
    printf("want: %ld frames recycled once, got: %ld, %ld never, %ld twice or too early\n", rounds,
           right, never, rounds - right - never);

    free(pictures);
    return right == rounds ? 0 : 1;
}
