// Still wrong: the look no longer races, but the door may be closed between the look and the lock.
// Caught by: explore

#include "closable_queue.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct customer {
    struct customer *next;
    long number;
};

struct queue {
    pthread_mutex_t lock; // guards all below
    pthread_cond_t news;  // somebody came in, or the door was closed
    struct customer *first;
    struct customer **end; // where the next one is linked in
    atomic_bool closed;
};

struct queue *queue_new(void)
{
    struct queue *queue = malloc(sizeof *queue);
    if (queue) {
        pthread_mutex_init(&queue->lock, NULL);
        pthread_cond_init(&queue->news, NULL);
        queue->first = NULL;
        queue->end = &queue->first;
        atomic_init(&queue->closed, false);
    }
    return queue;
}

void queue_free(struct queue *queue)
{
    while (queue->first) {
        struct customer *customer = queue->first;
        queue->first = customer->next;
        free(customer);
    }
    pthread_cond_destroy(&queue->news);
    pthread_mutex_destroy(&queue->lock);
    free(queue);
}

bool queue_push(struct queue *queue, long number)
{
    if (atomic_load(&queue->closed))
        return false; // no need to wait for the lock
    struct customer *customer = malloc(sizeof *customer);
    if (!customer)
        return false;
    customer->next = NULL;
    customer->number = number;
    pthread_mutex_lock(&queue->lock);
    *queue->end = customer;
    queue->end = &customer->next;
    pthread_cond_signal(&queue->news);
    pthread_mutex_unlock(&queue->lock);
    return true;
}

bool queue_pop(struct queue *queue, long *number)
{
    pthread_mutex_lock(&queue->lock);
    while (!queue->first && !atomic_load(&queue->closed))
        pthread_cond_wait(&queue->news, &queue->lock);
    struct customer *customer = queue->first;
    if (customer) {
        queue->first = customer->next;
        if (!queue->first)
            queue->end = &queue->first;
        *number = customer->number;
    }
    pthread_mutex_unlock(&queue->lock);
    free(customer);
    return customer != NULL;
}

void queue_close(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    atomic_store(&queue->closed, true);
    pthread_cond_broadcast(&queue->news);
    pthread_mutex_unlock(&queue->lock);
}
