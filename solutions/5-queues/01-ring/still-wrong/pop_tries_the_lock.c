// Still wrong: a recorder that finds the lock taken says that the ring is empty.
// Caught by: explore

#include "ring.h"

#include <pthread.h>
#include <stdlib.h>

// Both counts only grow. Between them they say what is in the ring: the samples from number
// `popped` up to number `pushed`, each in its slot.
struct ring {
    pthread_mutex_t lock; // guards all below
    size_t capacity;
    size_t pushed; // how many samples ever went in
    size_t popped; // how many came out again
    long slots[];  // sample number n is in slot n % capacity
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

bool ring_push(struct ring *ring, long sample)
{
    pthread_mutex_lock(&ring->lock);
    bool room = ring->pushed - ring->popped < ring->capacity;
    if (room) {
        ring->slots[ring->pushed % ring->capacity] = sample;
        ring->pushed++;
    }
    pthread_mutex_unlock(&ring->lock);
    return room;
}

bool ring_pop(struct ring *ring, long *sample)
{
    if (pthread_mutex_trylock(&ring->lock) != 0)
        return false; // next time
    bool any = ring->pushed != ring->popped;
    if (any) {
        *sample = ring->slots[ring->popped % ring->capacity];
        ring->popped++;
    }
    pthread_mutex_unlock(&ring->lock);
    return any;
}
