// Also right: a lock for each end, which has a place of its own; an atomic count is all they
// share.

#include "backpressure.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct queue {
    pthread_mutex_t lock; // guards all below
    size_t limit;
    pthread_mutex_t taking;
    size_t last;
    atomic_size_t count; // photos inside
    size_t first;        // the slot of the oldest
    long photos[];       // `limit` slots, used in a circle
};

struct queue *queue_new(size_t limit)
{
    struct queue *queue = malloc(sizeof *queue + limit * sizeof queue->photos[0]);
    if (queue) {
        pthread_mutex_init(&queue->lock, NULL);
        queue->limit = limit;
        pthread_mutex_init(&queue->taking, NULL);
        queue->last = 0;
        queue->count = 0;
        queue->first = 0;
    }
    return queue;
}

void queue_free(struct queue *queue)
{
    pthread_mutex_destroy(&queue->lock);
    pthread_mutex_destroy(&queue->taking);
    free(queue);
}

bool queue_offer(struct queue *queue, long photo)
{
    pthread_mutex_lock(&queue->lock);
    bool room = queue->count < queue->limit;
    if (room) {
        queue->photos[queue->last] = photo;
        queue->last = (queue->last + 1) % queue->limit;
        queue->count++;
    }
    pthread_mutex_unlock(&queue->lock);
    return room;
}

bool queue_take(struct queue *queue, long *photo)
{
    pthread_mutex_lock(&queue->taking);
    bool any = queue->count > 0;
    if (any) {
        *photo = queue->photos[queue->first];
        queue->first = (queue->first + 1) % queue->limit;
        queue->count--;
    }
    pthread_mutex_unlock(&queue->taking);
    return any;
}
