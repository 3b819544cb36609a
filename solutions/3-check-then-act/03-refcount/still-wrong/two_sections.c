// Still wrong: the lock is let go between counting down and looking, so two threads may both find
// 0.
// Caught by: explore

#include "refcount.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct frame {
    void *pixels;
    void (*recycle)(void *pixels);
    pthread_mutex_t lock; // guards refs
    int refs;
};

struct frame *frame_new(void *pixels, void (*recycle)(void *pixels))
{
    struct frame *frame = malloc(sizeof *frame);
    if (frame) {
        frame->pixels = pixels;
        frame->recycle = recycle;
        pthread_mutex_init(&frame->lock, NULL);
        frame->refs = 1;
    }
    return frame;
}

void frame_retain(struct frame *frame)
{
    pthread_mutex_lock(&frame->lock);
    frame->refs++;
    pthread_mutex_unlock(&frame->lock);
}

void frame_release(struct frame *frame)
{
    pthread_mutex_lock(&frame->lock);
    frame->refs--;
    pthread_mutex_unlock(&frame->lock);

    pthread_mutex_lock(&frame->lock);
    bool last = frame->refs == 0;
    pthread_mutex_unlock(&frame->lock);
    if (last)
        frame->recycle(frame->pixels);
}

void frame_free(struct frame *frame)
{
    if (frame)
        pthread_mutex_destroy(&frame->lock);
    free(frame);
}
