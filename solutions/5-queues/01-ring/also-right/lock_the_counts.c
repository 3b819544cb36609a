// Also right: only the counts are guarded; a slot belongs to one side until the count moves.

#include "ring.h"

#include <pthread.h>
#include <stdlib.h>

// Both counts only grow, each in the hands of one thread. Between them they say what is in the
// ring: the samples from number `popped` up to number `pushed`, each in its slot.
struct ring {
    size_t capacity;
    pthread_mutex_t lock; // guards the two counts
    size_t pushed;        // how many samples ever went in
    size_t popped;        // how many came out again
    long slots[];         // sample number n is in slot n % capacity
};

struct ring *ring_new(size_t capacity)
{
    struct ring *ring = malloc(sizeof *ring + capacity * sizeof ring->slots[0]);
    if (ring) {
        pthread_mutex_init(&ring->lock, NULL);
        ring->capacity = capacity;
        ring->pushed = 0;
        ring->popped = 0;
    }
    return ring;
}

void ring_free(struct ring *ring)
{
    pthread_mutex_destroy(&ring->lock);
    free(ring);
}

// Both sides look from here. Only the caller can change one of the counts meanwhile; the other can
// only make more of what the caller needs.
static size_t filled_slots(struct ring *ring)
{
    pthread_mutex_lock(&ring->lock);
    size_t filled = ring->pushed - ring->popped;
    pthread_mutex_unlock(&ring->lock);
    return filled;
}

static void advance(struct ring *ring, size_t *count)
{
    pthread_mutex_lock(&ring->lock);
    (*count)++;
    pthread_mutex_unlock(&ring->lock);
}

bool ring_push(struct ring *ring, long sample)
{
    if (filled_slots(ring) == ring->capacity)
        return false;
    ring->slots[ring->pushed % ring->capacity] = sample; // reading our own count needs no lock
    advance(ring, &ring->pushed);
    return true;
}

bool ring_pop(struct ring *ring, long *sample)
{
    if (filled_slots(ring) == 0)
        return false;
    *sample = ring->slots[ring->popped % ring->capacity];
    advance(ring, &ring->popped);
    return true;
}
