// Still wrong: volatile makes the compiler load and store each time; it orders nothing.
// Caught by: explore, tsan, helgrind

#include "ring.h"

#include <stdlib.h>

// Both counts only grow. Between them they say what is in the ring: the samples from number
// `popped` up to number `pushed`, each in its slot.
struct ring {
    size_t capacity;
    volatile size_t pushed; // how many samples ever went in
    volatile size_t popped; // how many came out again
    long slots[];           // sample number n is in slot n % capacity
};

struct ring *ring_new(size_t capacity)
{
    struct ring *ring = malloc(sizeof *ring + capacity * sizeof ring->slots[0]);
    if (ring) {
        ring->capacity = capacity;
        ring->pushed = 0;
        ring->popped = 0;
    }
    return ring;
}

void ring_free(struct ring *ring)
{
    free(ring);
}

bool ring_push(struct ring *ring, long sample)
{
    if (ring->pushed - ring->popped == ring->capacity)
        return false;
    ring->slots[ring->pushed % ring->capacity] = sample;
    ring->pushed++;
    return true;
}

bool ring_pop(struct ring *ring, long *sample)
{
    if (ring->pushed == ring->popped)
        return false;
    *sample = ring->slots[ring->popped % ring->capacity];
    ring->popped++;
    return true;
}
