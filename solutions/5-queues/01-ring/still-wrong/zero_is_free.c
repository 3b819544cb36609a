// Still wrong: a slot that holds 0 counts as empty, so a sample that is 0 is never heard again.
// Caught by: explore

#include "ring.h"

#include <stdatomic.h>
#include <stdlib.h>

struct ring {
    size_t capacity;
    size_t next_in;      // the producer's
    size_t next_out;     // the consumer's
    atomic_long slots[]; // 0: free
};

struct ring *ring_new(size_t capacity)
{
    struct ring *ring = malloc(sizeof *ring + capacity * sizeof ring->slots[0]);
    if (ring) {
        ring->capacity = capacity;
        ring->next_in = 0;
        ring->next_out = 0;
        for (size_t i = 0; i < capacity; i++)
            atomic_init(&ring->slots[i], 0);
    }
    return ring;
}

void ring_free(struct ring *ring)
{
    free(ring);
}

bool ring_push(struct ring *ring, long sample)
{
    if (atomic_load(&ring->slots[ring->next_in]) != 0)
        return false;
    atomic_store(&ring->slots[ring->next_in], sample);
    ring->next_in = (ring->next_in + 1) % ring->capacity;
    return true;
}

bool ring_pop(struct ring *ring, long *sample)
{
    long found = atomic_exchange(&ring->slots[ring->next_out], 0);
    if (found == 0)
        return false;
    *sample = found;
    ring->next_out = (ring->next_out + 1) % ring->capacity;
    return true;
}
