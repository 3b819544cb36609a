// Still wrong: more room, and the circle is cut: those at the array's beginning are in the middle now.
// Caught by: explore

#include "closable_queue.h"

#include <pthread.h>
#include <stdlib.h>

struct queue {
    pthread_mutex_t lock; // guards all below
    pthread_cond_t news;  // somebody came in, or the door was closed
    long *customers;      // `room` places, used in a circle
    size_t room, first, count;
    bool closed;
};

struct queue *queue_new(void)
{
    struct queue *queue = calloc(1, sizeof *queue);
    if (queue) {
        pthread_mutex_init(&queue->lock, NULL);
        pthread_cond_init(&queue->news, NULL);
    }
    return queue;
}

void queue_free(struct queue *queue)
{
    pthread_cond_destroy(&queue->news);
    pthread_mutex_destroy(&queue->lock);
    free(queue->customers);
    free(queue);
}

// Makes room for twice as many, with the lock held. Returns false without memory.
static bool grow(struct queue *queue)
{
    size_t room = queue->room > 0 ? 2 * queue->room : 4;
    long *customers = realloc(queue->customers, room * sizeof *customers);
    if (!customers)
        return false;
    queue->customers = customers;
    queue->room = room;
    return true;
}

bool queue_push(struct queue *queue, long number)
{
    pthread_mutex_lock(&queue->lock);
    bool in = !queue->closed && (queue->count < queue->room || grow(queue));
    if (in) {
        queue->customers[(queue->first + queue->count) % queue->room] = number;
        queue->count++;
        pthread_cond_signal(&queue->news);
    }
    pthread_mutex_unlock(&queue->lock);
    return in;
}

bool queue_pop(struct queue *queue, long *number)
{
    pthread_mutex_lock(&queue->lock);
    while (queue->count == 0 && !queue->closed)
        pthread_cond_wait(&queue->news, &queue->lock);
    bool any = queue->count > 0;
    if (any) {
        *number = queue->customers[queue->first];
        queue->first = (queue->first + 1) % queue->room;
        queue->count--;
    }
    pthread_mutex_unlock(&queue->lock);
    return any;
}

void queue_close(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->closed = true;
    pthread_cond_broadcast(&queue->news);
    pthread_mutex_unlock(&queue->lock);
}
