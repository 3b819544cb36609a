// Still wrong: look, then down by one: two threads see 2, neither thinks itself the last, nobody
// recycles.
// Caught by: explore

#include "refcount.h"

#include <stdatomic.h>
#include <stdlib.h>

struct frame {
    void *pixels;
    void (*recycle)(void *pixels);
    atomic_int refs;
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
    if (atomic_load(&frame->refs) == 1)
        frame->recycle(frame->pixels);
    else
        atomic_fetch_sub(&frame->refs, 1);
}

void frame_free(struct frame *frame)
{
    free(frame);
}
