// Also right: look and act under one lock, the mutex of C11.

#include "backpressure.h"

#include <stdlib.h>
#include <threads.h>

struct queue {
    mtx_t lock; // guards all below
    size_t limit;
    size_t count;  // photos inside
    size_t first;  // the slot of the oldest
    long photos[]; // `limit` slots, used in a circle
};

struct queue *queue_new(size_t limit)
{
    struct queue *queue = malloc(sizeof *queue + limit * sizeof queue->photos[0]);
    if (queue) {
        mtx_init(&queue->lock, mtx_plain);
        queue->limit = limit;
        queue->count = 0;
        queue->first = 0;
    }
    return queue;
}

void queue_free(struct queue *queue)
{
    mtx_destroy(&queue->lock);
    free(queue);
}

bool queue_offer(struct queue *queue, long photo)
{
    mtx_lock(&queue->lock);
    bool room = queue->count < queue->limit;
    if (room) {
        queue->photos[(queue->first + queue->count) % queue->limit] = photo;
        queue->count++;
    }
    mtx_unlock(&queue->lock);
    return room;
}

bool queue_take(struct queue *queue, long *photo)
{
    mtx_lock(&queue->lock);
    bool any = queue->count > 0;
    if (any) {
        *photo = queue->photos[queue->first];
        queue->first = (queue->first + 1) % queue->limit;
        queue->count--;
    }
    mtx_unlock(&queue->lock);
    return any;
}
