// Also right: each side keeps a copy of the other's count, and looks again only when it must.

#include "ring.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { CACHE_LINE = 64 };

// What a side writes is on a cache line of its own, so that the two seldom take it from each other.
struct ring {
    _Alignas(CACHE_LINE) atomic_size_t pushed; // the producer's
    size_t popped_seen;                        // its copy of `popped`; behind, never ahead
    _Alignas(CACHE_LINE) atomic_size_t popped; // the consumer's
    size_t pushed_seen;                        // its copy of `pushed`
    _Alignas(CACHE_LINE) size_t capacity;      // never changes
    long slots[];                              // sample number n is in slot n % capacity
};

struct ring *ring_new(size_t capacity)
{
    size_t size = sizeof(struct ring) + capacity * sizeof(long);
    struct ring *ring =
        aligned_alloc(CACHE_LINE, (size + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE);
    if (ring) {
        atomic_init(&ring->pushed, 0);
        atomic_init(&ring->popped, 0);
        ring->popped_seen = 0;
        ring->pushed_seen = 0;
        ring->capacity = capacity;
    }
    return ring;
}

void ring_free(struct ring *ring)
{
    free(ring);
}

bool ring_push(struct ring *ring, long sample)
{
    size_t pushed = atomic_load_explicit(&ring->pushed, memory_order_relaxed);
    if (pushed - ring->popped_seen == ring->capacity)
        ring->popped_seen = atomic_load_explicit(&ring->popped, memory_order_acquire);
    if (pushed - ring->popped_seen == ring->capacity)
        return false;
    ring->slots[pushed % ring->capacity] = sample;
    atomic_store_explicit(&ring->pushed, pushed + 1, memory_order_release);
    return true;
}

bool ring_pop(struct ring *ring, long *sample)
{
    size_t popped = atomic_load_explicit(&ring->popped, memory_order_relaxed);
    if (ring->pushed_seen == popped)
        ring->pushed_seen = atomic_load_explicit(&ring->pushed, memory_order_acquire);
    if (ring->pushed_seen == popped)
        return false;
    *sample = ring->slots[popped % ring->capacity];
    atomic_store_explicit(&ring->popped, popped + 1, memory_order_release);
    return true;
}
