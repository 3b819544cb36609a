// Still wrong: volatile makes the compiler load and store each time; it does not make that one
// step.
// Caught by: explore, tsan, helgrind

#include "refcount.h"

#include <stdlib.h>

struct frame {
    void *pixels;
    void (*recycle)(void *pixels);
    volatile int refs;
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
