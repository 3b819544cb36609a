// Still wrong: a lock for taking and another for giving up; the two still meet at the count.
// Caught by: explore, tsan, helgrind

#include "refcount.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct frame {
    void *pixels;
    void (*recycle)(void *pixels);
    pthread_mutex_t taking, giving;
    int refs;
};

struct frame *frame_new(void *pixels, void (*recycle)(void *pixels))
{
    struct frame *frame = malloc(sizeof *frame);
    if (frame) {
        frame->pixels = pixels;
        frame->recycle = recycle;
        pthread_mutex_init(&frame->taking, NULL);
        pthread_mutex_init(&frame->giving, NULL);
        frame->refs = 1;
    }
    return frame;
}

void frame_retain(struct frame *frame)
{
    pthread_mutex_lock(&frame->taking);
    frame->refs++;
    pthread_mutex_unlock(&frame->taking);
}

void frame_release(struct frame *frame)
{
    pthread_mutex_lock(&frame->giving);
    bool last = --frame->refs == 0;
    pthread_mutex_unlock(&frame->giving);
    if (last)
        frame->recycle(frame->pixels);
}

void frame_free(struct frame *frame)
{
    if (frame) {
        pthread_mutex_destroy(&frame->taking);
        pthread_mutex_destroy(&frame->giving);
    }
    free(frame);
}
