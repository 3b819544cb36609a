// Still wrong: looks under the lock, lets it go, takes it again: in between the bakers may go home.
// Caught by: explore

#include "closable_queue.h"

#include <pthread.h>
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
    bool closed;
};

struct queue *queue_new(void)
{
    struct queue *queue = malloc(sizeof *queue);
    if (queue) {
        pthread_mutex_init(&queue->lock, NULL);
        pthread_cond_init(&queue->news, NULL);
        queue->first = NULL;
        queue->end = &queue->first;
        queue->closed = false;
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

static bool is_closed(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    bool closed = queue->closed;
    pthread_mutex_unlock(&queue->lock);
    return closed;
}

bool queue_push(struct queue *queue, long number)
{
    if (is_closed(queue))
        return false;
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
    while (!queue->first && !queue->closed)
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
    queue->closed = true;
    pthread_cond_broadcast(&queue->news);
    pthread_mutex_unlock(&queue->lock);
}
