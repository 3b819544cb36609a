// Still wrong: a look that finds 1 says that nobody else has a reference. A relaxed one does not
// say that what the others did before is seen.
// Caught by: explore, tsan

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
    // Nobody else has one, so nobody can take another one.
    if (atomic_load_explicit(&frame->refs, memory_order_relaxed) == 1 ||
        atomic_fetch_sub_explicit(&frame->refs, 1, memory_order_acq_rel) == 1)
        frame->recycle(frame->pixels);
}

void frame_free(struct frame *frame)
{
    free(frame);
}
