// Also right: each slot says itself whether it is full; the two threads share no count at all.

#include "ring.h"

#include <stdatomic.h>
#include <stdlib.h>

// `full` hands the slot over: the producer sets it when the sample is in, the consumer clears it
// when the sample is out.
struct slot {
    atomic_bool full;
    long sample;
};

struct ring {
    size_t capacity;
    size_t next_in;  // the producer's own
    size_t next_out; // the consumer's own
    struct slot slots[];
};

struct ring *ring_new(size_t capacity)
{
    struct ring *ring = malloc(sizeof *ring + capacity * sizeof ring->slots[0]);
    if (ring) {
        ring->capacity = capacity;
        ring->next_in = 0;
        ring->next_out = 0;
        for (size_t i = 0; i < capacity; i++)
            atomic_init(&ring->slots[i].full, false);
    }
    return ring;
}

void ring_free(struct ring *ring)
{
    free(ring);
}

bool ring_push(struct ring *ring, long sample)
{
    struct slot *slot = &ring->slots[ring->next_in];
    if (atomic_load_explicit(&slot->full, memory_order_acquire))
        return false;
    slot->sample = sample;
    atomic_store_explicit(&slot->full, true, memory_order_release);
    ring->next_in = (ring->next_in + 1) % ring->capacity;
    return true;
}

bool ring_pop(struct ring *ring, long *sample)
{
    struct slot *slot = &ring->slots[ring->next_out];
    if (!atomic_load_explicit(&slot->full, memory_order_acquire))
        return false;
    *sample = slot->sample;
    atomic_store_explicit(&slot->full, false, memory_order_release);
    ring->next_out = (ring->next_out + 1) % ring->capacity;
    return true;
}
