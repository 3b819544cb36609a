// Also right: relaxed counts and four fences: release before a count is stored, acquire behind
// where it was read.
// Abstains: tsan

#include "ring.h"

#include <stdatomic.h>
#include <stdlib.h>

// Both counts only grow. Between them they say what is in the ring: the samples from number
// `popped` up to number `pushed`, each in its slot. Each count has one writer, and is stored with
// release order when the slot is finished with: full on one side, read out on the other.
struct ring {
    size_t capacity;
    atomic_size_t pushed; // how many samples ever went in; the producer's
    atomic_size_t popped; // how many came out again; the consumer's
    long slots[];         // sample number n is in slot n % capacity
};

struct ring *ring_new(size_t capacity)
{
    struct ring *ring = malloc(sizeof *ring + capacity * sizeof ring->slots[0]);
    if (ring) {
        ring->capacity = capacity;
        atomic_init(&ring->pushed, 0);
        atomic_init(&ring->popped, 0);
    }
    return ring;
}

void ring_free(struct ring *ring)
{
    free(ring);
}

bool ring_push(struct ring *ring, long sample)
{
    size_t pushed = atomic_load_explicit(&ring->pushed, memory_order_relaxed); // our own
    size_t popped = atomic_load_explicit(&ring->popped, memory_order_relaxed);
    atomic_thread_fence(memory_order_acquire);
    if (pushed - popped == ring->capacity)
        return false;
    ring->slots[pushed % ring->capacity] = sample;
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&ring->pushed, pushed + 1, memory_order_relaxed);
    return true;
}

bool ring_pop(struct ring *ring, long *sample)
{
    size_t popped = atomic_load_explicit(&ring->popped, memory_order_relaxed); // our own
    size_t pushed = atomic_load_explicit(&ring->pushed, memory_order_relaxed);
    atomic_thread_fence(memory_order_acquire);
    if (pushed == popped)
        return false;
    *sample = ring->slots[popped % ring->capacity];
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&ring->popped, popped + 1, memory_order_relaxed);
    return true;
}
