// Still wrong: closing posts once for each of three bakers; the fourth waits for ever.
// Caught by: explore

#include "closable_queue.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

struct customer {
    struct customer *next;
    long number;
};

struct queue {
    sem_t waiting;        // one permit for each customer, and one for "closed"
    pthread_mutex_t lock; // guards all below
    struct customer *first;
    struct customer **end; // where the next one is linked in
    bool closed;
};

struct queue *queue_new(void)
{
    struct queue *queue = malloc(sizeof *queue);
    if (queue) {
        sem_init(&queue->waiting, 0, 0);
        pthread_mutex_init(&queue->lock, NULL);
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
    pthread_mutex_destroy(&queue->lock);
    sem_destroy(&queue->waiting);
    free(queue);
}

bool queue_push(struct queue *queue, long number)
{
    struct customer *customer = malloc(sizeof *customer);
    if (!customer)
        return false;
    customer->next = NULL;
    customer->number = number;
    pthread_mutex_lock(&queue->lock);
    bool open = !queue->closed;
    if (open) {
        *queue->end = customer;
        queue->end = &customer->next;
    }
    pthread_mutex_unlock(&queue->lock);
    if (open)
        sem_post(&queue->waiting);
    else
        free(customer);
    return open;
}

bool queue_pop(struct queue *queue, long *number)
{
    sem_wait(&queue->waiting);
    pthread_mutex_lock(&queue->lock);
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
    pthread_mutex_unlock(&queue->lock);
    for (int i = 0; i < 3; i++)
        sem_post(&queue->waiting);
}
