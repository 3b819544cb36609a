// Still wrong: the count is kept right, but looked at when the lock is gone.
// Caught by: explore, tsan, helgrind

#include "refcount.h"

#include <pthread.h>
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
    if (frame->refs == 0)
        frame->recycle(frame->pixels);
}

void frame_free(struct frame *frame)
{
    if (frame)
        pthread_mutex_destroy(&frame->lock);
    free(frame);
}
