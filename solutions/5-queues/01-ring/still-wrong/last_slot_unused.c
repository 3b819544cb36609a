// Still wrong: places instead of counts, and no spare slot: a ring for one sample never takes any.
// Caught by: explore

#include "ring.h"

#include <stdatomic.h>
#include <stdlib.h>

struct ring {
    size_t slots;
    _Atomic size_t head, tail;
    long data[];
};

struct ring *ring_new(size_t capacity)
{
    struct ring *ring = calloc(1, sizeof *ring + capacity * sizeof ring->data[0]);
    if (ring)
        ring->slots = capacity;
    return ring;
}

void ring_free(struct ring *ring)
{
    free(ring);
}

bool ring_push(struct ring *ring, long sample)
{
    size_t tail = ring->tail, next = (tail + 1) % ring->slots;
    if (next == ring->head)
        return false;
    ring->data[tail] = sample;
    ring->tail = next;
    return true;
}

bool ring_pop(struct ring *ring, long *sample)
{
    size_t head = ring->head;
    if (head == ring->tail)
        return false;
    *sample = ring->data[head];
    ring->head = (head + 1) % ring->slots;
    return true;
}
