// Also right: on an atomic type, -- is one step, and its value is that of this very step.

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
        frame->refs = 1;
    }
    return frame;
}

void frame_retain(struct frame *frame)
{
    frame->refs++;
}

void frame_release(struct frame *frame)
{
    if (--frame->refs == 0)
        frame->recycle(frame->pixels);
}

void frame_free(struct frame *frame)
{
    free(frame);
}
