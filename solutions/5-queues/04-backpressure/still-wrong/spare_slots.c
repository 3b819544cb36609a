// Still wrong: with spare slots nothing is overwritten; the limit is broken all the same.
// Caught by: explore, tsan, helgrind

#include "backpressure.h"

#include <pthread.h>
#include <stdlib.h>

enum { SPARE = 16 }; // in case some come in at once

struct queue {
    pthread_mutex_t lock; // guards all below
    size_t limit, slots;
    size_t count;  // photos inside
    size_t first;  // the slot of the oldest
    long photos[]; // `slots` of them, used in a circle
};

struct queue *queue_new(size_t limit)
{
    size_t slots = limit + SPARE;
    struct queue *queue = malloc(sizeof *queue + slots * sizeof queue->photos[0]);
    if (queue) {
        pthread_mutex_init(&queue->lock, NULL);
        queue->limit = limit;
        queue->slots = slots;
        queue->count = 0;
        queue->first = 0;
    }
    return queue;
}

void queue_free(struct queue *queue)
{
    pthread_mutex_destroy(&queue->lock);
    free(queue);
}

bool queue_offer(struct queue *queue, long photo)
{
    if (queue->count >= queue->limit)
        return false; // full: do not even bother the lock
    pthread_mutex_lock(&queue->lock);
    queue->photos[(queue->first + queue->count) % queue->slots] = photo;
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
        queue->first = (queue->first + 1) % queue->slots;
        queue->count--;
    }
    pthread_mutex_unlock(&queue->lock);
    return any;
}
