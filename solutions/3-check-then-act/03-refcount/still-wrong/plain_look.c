// Still wrong: the subtraction is atomic; the plain look after it races with the next one.
// Caught by: explore, tsan

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
    __sync_fetch_and_sub(&frame->refs, 1);
    if (frame->refs == 0)
        frame->recycle(frame->pixels);
}

void frame_free(struct frame *frame)
{
    free(frame);
}
