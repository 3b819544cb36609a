// Also right: recycled inside the critical section; that is longer than need be, and in order as
// long as recycle does not touch the frame's count.

#include "refcount.h"

#include <stdlib.h>
#include <threads.h>

struct frame {
    void *pixels;
    void (*recycle)(void *pixels);
    mtx_t lock; // guards refs
    int refs;
};

struct frame *frame_new(void *pixels, void (*recycle)(void *pixels))
{
    struct frame *frame = malloc(sizeof *frame);
    if (frame) {
        frame->pixels = pixels;
        frame->recycle = recycle;
        mtx_init(&frame->lock, mtx_plain);
        frame->refs = 1;
    }
    return frame;
}

void frame_retain(struct frame *frame)
{
    mtx_lock(&frame->lock);
    frame->refs++;
    mtx_unlock(&frame->lock);
}

void frame_release(struct frame *frame)
{
    mtx_lock(&frame->lock);
    if (--frame->refs == 0)
        frame->recycle(frame->pixels);
    mtx_unlock(&frame->lock);
}

void frame_free(struct frame *frame)
{
    if (frame)
        mtx_destroy(&frame->lock);
    free(frame);
}
