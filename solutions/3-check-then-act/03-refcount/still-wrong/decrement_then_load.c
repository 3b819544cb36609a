// Still wrong: down by one, then look: both steps are atomic, but another thread may come down in
// between, and then both see 0.
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
    atomic_fetch_sub(&frame->refs, 1);
    if (atomic_load(&frame->refs) == 0)
        frame->recycle(frame->pixels);
}

void frame_free(struct frame *frame)
{
    free(frame);
}
