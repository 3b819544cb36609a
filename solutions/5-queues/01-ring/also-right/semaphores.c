// Also right: two semaphores count the filled and the free slots, and order what is in them.

#include "ring.h"

#include <semaphore.h>
#include <stdlib.h>

struct ring {
    size_t capacity;
    sem_t filled;  // slots with a sample
    sem_t free;    // slots without
    size_t pushed; // the producer's own
    size_t popped; // the consumer's own
    long slots[];  // sample number n is in slot n % capacity
};

struct ring *ring_new(size_t capacity)
{
    struct ring *ring = malloc(sizeof *ring + capacity * sizeof ring->slots[0]);
    if (ring) {
        ring->capacity = capacity;
        sem_init(&ring->filled, 0, 0);
        sem_init(&ring->free, 0, (unsigned)capacity);
        ring->pushed = 0;
        ring->popped = 0;
    }
    return ring;
}

void ring_free(struct ring *ring)
{
    sem_destroy(&ring->filled);
    sem_destroy(&ring->free);
    free(ring);
}

bool ring_push(struct ring *ring, long sample)
{
    if (sem_trywait(&ring->free) != 0)
        return false;
    ring->slots[ring->pushed++ % ring->capacity] = sample;
    sem_post(&ring->filled);
    return true;
}

bool ring_pop(struct ring *ring, long *sample)
{
    if (sem_trywait(&ring->filled) != 0)
        return false;
    *sample = ring->slots[ring->popped++ % ring->capacity];
    sem_post(&ring->free);
    return true;
}
