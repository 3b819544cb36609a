// Still wrong: counts correctly; but who gives up the last reference frees the frame too, so
// frame_free leaves it alone. A frame whose last reference nobody gives up is never freed.
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
    atomic_fetch_add_explicit(&frame->refs, 1, memory_order_relaxed);
}

void frame_release(struct frame *frame)
{
    if (atomic_fetch_sub_explicit(&frame->refs, 1, memory_order_acq_rel) == 1) {
        frame->recycle(frame->pixels);
        free(frame);
    }
}

void frame_free(struct frame *frame)
{
    (void)frame; // freed long ago
}
