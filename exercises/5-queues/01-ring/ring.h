// A ring buffer between two threads: one puts samples in, the other takes them out, oldest first.
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct ring;

// An empty ring with room for `capacity` samples (at least 1), or NULL without memory. The caller
// frees it.
struct ring *ring_new(size_t capacity);
void ring_free(struct ring *ring);

// Puts a sample in, or returns false: the ring is full. Does not wait. Only the producer thread
// calls it.
bool ring_push(struct ring *ring, long sample);

// Takes the oldest sample out, or returns false: the ring is empty. What the producer did before it
// put the sample in is seen by whoever has taken it out. Does not wait. Only the consumer thread
// calls it.
bool ring_pop(struct ring *ring, long *sample);
