// Also right: the store happens only if the count still is what was looked at; who stored 0 was the
// last.

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
    int seen = atomic_load(&frame->refs);
    while (!atomic_compare_exchange_weak(&frame->refs, &seen, seen - 1))
        ; // seen now holds what another thread stored
    if (seen == 1)
        frame->recycle(frame->pixels);
}

void frame_free(struct frame *frame)
{
    free(frame);
}
