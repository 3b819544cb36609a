// Still wrong: once it is full, nothing is accepted until half of the places are free.
// Caught by: explore

#include "backpressure.h"

#include <pthread.h>
#include <stdlib.h>

struct queue {
    pthread_mutex_t lock; // guards all below
    size_t limit;
    bool full;
    size_t count;  // photos inside
    size_t first;  // the slot of the oldest
    long photos[]; // `limit` slots, used in a circle
};

struct queue *queue_new(size_t limit)
{
    struct queue *queue = malloc(sizeof *queue + limit * sizeof queue->photos[0]);
    if (queue) {
        pthread_mutex_init(&queue->lock, NULL);
        queue->limit = limit;
        queue->count = 0;
        queue->first = 0;
        queue->full = false;
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
    pthread_mutex_lock(&queue->lock);
    if (queue->count == queue->limit)
        queue->full = true;
    else if (queue->count <= queue->limit / 2)
        queue->full = false;
    bool room = !queue->full;
    if (room) {
        queue->photos[(queue->first + queue->count) % queue->limit] = photo;
        queue->count++;
    }
    pthread_mutex_unlock(&queue->lock);
    return room;
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
    return any;
}
