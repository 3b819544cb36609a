// Still wrong: gives a permit back after each take, also after one that found nothing: the limit
// grows.
// Caught by: explore

#include "backpressure.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

struct queue {
    pthread_mutex_t lock; // guards all below
    size_t limit;
    size_t count; // photos inside
    sem_t room;
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
        sem_init(&queue->room, 0, (unsigned)limit);
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
    if (sem_trywait(&queue->room) != 0)
        return false;
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
    sem_post(&queue->room);
    return any;
}
