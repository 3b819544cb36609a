// Still wrong: a lock of its own for those who come in; those who take out have another.
// Caught by: explore, tsan, helgrind

#include "backpressure.h"

#include <pthread.h>
#include <stdlib.h>

struct queue {
    pthread_mutex_t offering, taking;
    size_t limit;
    size_t count;  // photos inside
    size_t first;  // the slot of the oldest
    long photos[]; // `limit` slots, used in a circle
};

struct queue *queue_new(size_t limit)
{
    struct queue *queue = malloc(sizeof *queue + limit * sizeof queue->photos[0]);
    if (queue) {
        pthread_mutex_init(&queue->offering, NULL);
        pthread_mutex_init(&queue->taking, NULL);
        queue->limit = limit;
        queue->count = 0;
        queue->first = 0;
    }
    return queue;
}

void queue_free(struct queue *queue)
{
    pthread_mutex_destroy(&queue->offering);
    pthread_mutex_destroy(&queue->taking);
    free(queue);
}

bool queue_offer(struct queue *queue, long photo)
{
    pthread_mutex_lock(&queue->offering);
    bool room = queue->count < queue->limit;
    if (room) {
        queue->photos[(queue->first + queue->count) % queue->limit] = photo;
        queue->count++;
    }
    pthread_mutex_unlock(&queue->offering);
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
