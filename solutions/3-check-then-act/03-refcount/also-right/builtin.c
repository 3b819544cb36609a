// Also right: the compiler's own atomic add and subtract, as older code has them.

#include "refcount.h"

#include <stdlib.h>

struct frame {
    void *pixels;
    void (*recycle)(void *pixels);
    int refs;
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
    __sync_fetch_and_add(&frame->refs, 1);
}

void frame_release(struct frame *frame)
{
    if (__sync_sub_and_fetch(&frame->refs, 1) == 0)
        frame->recycle(frame->pixels);
}

void frame_free(struct frame *frame)
{
    free(frame);
}
