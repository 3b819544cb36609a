// Still wrong: takes whatever comes and needs no check; and one day all of the memory.
// Caught by: explore, tsan, helgrind, native

#include "backpressure.h"

#include <pthread.h>
#include <stdlib.h>

struct photo {
    struct photo *next;
    long number;
};

struct queue {
    pthread_mutex_t lock; // guards all below
    struct photo *first;
    struct photo **end;
};

struct queue *queue_new(size_t limit)
{
    (void)limit;
    struct queue *queue = malloc(sizeof *queue);
    if (queue) {
        pthread_mutex_init(&queue->lock, NULL);
        queue->first = NULL;
        queue->end = &queue->first;
    }
    return queue;
}

bool queue_offer(struct queue *queue, long number)
{
    struct photo *photo = malloc(sizeof *photo);
    if (!photo)
        return false;
    photo->next = NULL;
    photo->number = number;
    pthread_mutex_lock(&queue->lock);
    *queue->end = photo;
    queue->end = &photo->next;
    pthread_mutex_unlock(&queue->lock);
    return true;
}

bool queue_take(struct queue *queue, long *number)
{
    pthread_mutex_lock(&queue->lock);
    struct photo *photo = queue->first;
    if (photo) {
        *number = photo->number;
        queue->first = photo->next;
        if (!queue->first)
            queue->end = &queue->first;
    }
    pthread_mutex_unlock(&queue->lock);
    free(photo);
    return photo != NULL;
}

void queue_free(struct queue *queue)
{
    long unused;
    while (queue_take(queue, &unused))
        ;
    pthread_mutex_destroy(&queue->lock);
    free(queue);
}
