// Still wrong: an atomic count of 16 bits: with 65537 references it says one, and the next release
// recycles.
// Caught by: native

#include "refcount.h"

#include <stdatomic.h>
#include <stdlib.h>

struct frame {
    void *pixels;
    void (*recycle)(void *pixels);
    atomic_short refs;
};

struct frame *frame_new(void *pixels, void (*recycle)(void *pixels))
{
    struct frame *frame = malloc(sizeof *frame);
    if (frame) {
        frame->pixels = pixels;
        frame->recycle = recycle;
        atomic_init(&frame->refs, 1);
    }
    return frame;
}

void frame_retain(struct frame *frame)
{
    atomic_fetch_add(&frame->refs, 1);
}

void frame_release(struct frame *frame)
{
    if (atomic_fetch_sub(&frame->refs, 1) == 1) // it was one: this was the last
        frame->recycle(frame->pixels);
}

void frame_free(struct frame *frame)
{
    free(frame);
}
