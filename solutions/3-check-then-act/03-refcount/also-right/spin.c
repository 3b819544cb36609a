// Also right: a spin lock, for a critical section of two instructions.

#include "refcount.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct frame {
    void *pixels;
    void (*recycle)(void *pixels);
    pthread_spinlock_t lock; // guards refs
    int refs;
};

struct frame *frame_new(void *pixels, void (*recycle)(void *pixels))
{
    struct frame *frame = malloc(sizeof *frame);
    if (frame) {
        frame->pixels = pixels;
        frame->recycle = recycle;
        pthread_spin_init(&frame->lock, PTHREAD_PROCESS_PRIVATE);
        frame->refs = 1;
    }
    return frame;
}

void frame_retain(struct frame *frame)
{
    pthread_spin_lock(&frame->lock);
    frame->refs++;
    pthread_spin_unlock(&frame->lock);
}

void frame_release(struct frame *frame)
{
    pthread_spin_lock(&frame->lock);
    bool last = --frame->refs == 0;
    pthread_spin_unlock(&frame->lock);
    if (last)
        frame->recycle(frame->pixels);
}

void frame_free(struct frame *frame)
{
    if (frame)
        pthread_spin_destroy(&frame->lock);
    free(frame);
}
