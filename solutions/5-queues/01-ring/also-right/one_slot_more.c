// Also right: places instead of counts, and one slot more than there is room for: so full never
// looks like empty.

#include "ring.h"

#include <stdatomic.h>
#include <stdlib.h>

struct ring {
    size_t slots;
    _Atomic size_t head;
    _Atomic size_t tail;
    long *data;
};

struct ring *ring_new(size_t capacity)
{
    struct ring *r = malloc(sizeof(struct ring));
    if (r == NULL) {
        return NULL;
    }
    r->slots = capacity + 1;
    r->data = malloc(r->slots * sizeof(long));
    if (r->data == NULL) {
        free(r);
        return NULL;
    }
    atomic_init(&r->head, 0);
    atomic_init(&r->tail, 0);
    return r;
}

void ring_free(struct ring *ring)
{
    if (ring != NULL) {
        free(ring->data);
        free(ring);
    }
}

bool ring_push(struct ring *ring, long sample)
{
    size_t tail = ring->tail;
    size_t next = tail + 1;
    if (next == ring->slots) {
        next = 0;
    }
    if (next == ring->head) {
        return false;
    }
    ring->data[tail] = sample;
    ring->tail = next;
    return true;
}

bool ring_pop(struct ring *ring, long *sample)
{
    size_t head = ring->head;
    if (head == ring->tail) {
        return false;
    }
    *sample = ring->data[head];
    ring->head = head + 1 == ring->slots ? 0 : head + 1;
    return true;
}
