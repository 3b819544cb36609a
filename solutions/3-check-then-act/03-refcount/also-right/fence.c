// Also right: a release decrement, and an acquire fence for the last one alone, as the C++ library
// of old did it.
// Abstains: tsan

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
    if (atomic_fetch_sub_explicit(&frame->refs, 1, memory_order_release) == 1) {
        atomic_thread_fence(memory_order_acquire);
        frame->recycle(frame->pixels);
    }
}

void frame_free(struct frame *frame)
{
    free(frame);
}
