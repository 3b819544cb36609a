// Also right: compare-and-exchange reserves a place: check and act are one step.

#include "backpressure.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct queue {
    size_t limit;           // never changes
    atomic_size_t reserved; // photos inside and on their way in; never more than `limit`
    pthread_mutex_t lock;   // guards all below
    size_t count;           // photos inside
    size_t first;           // the slot of the oldest
    long photos[];          // `limit` slots, used in a circle
};

struct queue *queue_new(size_t limit)
{
    struct queue *queue = malloc(sizeof *queue + limit * sizeof queue->photos[0]);
    if (queue) {
        pthread_mutex_init(&queue->lock, NULL);
        queue->limit = limit;
        queue->count = 0;
        atomic_init(&queue->reserved, 0);
        queue->first = 0;
    }
    return queue;
}

void queue_free(struct queue *queue)
{
    pthread_mutex_destroy(&queue->lock);
    free(queue);
}

static bool reserve(struct queue *queue)
{
    size_t seen = atomic_load(&queue->reserved);
    do {
        if (seen == queue->limit)
            return false;
    } while (!atomic_compare_exchange_weak(&queue->reserved, &seen, seen + 1));
    return true;
}

bool queue_offer(struct queue *queue, long photo)
{
    if (!reserve(queue))
        return false; // without ever touching the lock
    pthread_mutex_lock(&queue->lock);
    queue->photos[(queue->first + queue->count) % queue->limit] = photo;
    queue->count++;
    pthread_mutex_unlock(&queue->lock);
    return true;
}

bool queue_take(struct queue *queue, long *photo)
{
    pthread_mutex_lock(&queue->lock);
    bool any = queue->count > 0;
    if (any) {
        *photo = queue->photos[queue->first];
        queue->first = (queue->first + 1) % queue->limit;
        queue->count--;
    }
    pthread_mutex_unlock(&queue->lock);
    if (any)
        atomic_fetch_sub(&queue->reserved, 1);
    return any;
}
