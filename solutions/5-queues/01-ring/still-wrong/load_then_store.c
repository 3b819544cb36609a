// Still wrong: an atomic count, changed in two steps: what the other side did between them is lost.
// Caught by: explore

#include "ring.h"

#include <stdatomic.h>
#include <stdlib.h>

struct ring {
    size_t capacity;
    atomic_size_t count; // samples inside; the only thing both threads write
    size_t next_in;      // the producer's own
    size_t next_out;     // the consumer's own
    long slots[];
};

struct ring *ring_new(size_t capacity)
{
    struct ring *ring = malloc(sizeof *ring + capacity * sizeof ring->slots[0]);
    if (ring) {
        ring->capacity = capacity;
        atomic_init(&ring->count, 0);
        ring->next_in = 0;
        ring->next_out = 0;
    }
    return ring;
}

void ring_free(struct ring *ring)
{
    free(ring);
}

bool ring_push(struct ring *ring, long sample)
{
    if (atomic_load(&ring->count) == ring->capacity)
        return false;
    ring->slots[ring->next_in] = sample;
    ring->next_in = (ring->next_in + 1) % ring->capacity;
    atomic_store(&ring->count, atomic_load(&ring->count) + 1);
    return true;
}

bool ring_pop(struct ring *ring, long *sample)
{
    if (atomic_load(&ring->count) == 0)
        return false;
    *sample = ring->slots[ring->next_out];
    ring->next_out = (ring->next_out + 1) % ring->capacity;
    atomic_store(&ring->count, atomic_load(&ring->count) - 1);
    return true;
}
