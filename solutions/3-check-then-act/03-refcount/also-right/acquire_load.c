// Also right: everybody releases; only the last one acquires, by a load of the count. It finds its
// own 0, which carries on what all the others have released.

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
    if (atomic_fetch_sub_explicit(&frame->refs, 1, memory_order_release) == 1) {
        atomic_load_explicit(&frame->refs, memory_order_acquire);
        frame->recycle(frame->pixels);
    }
}

void frame_free(struct frame *frame)
{
    free(frame);
}
