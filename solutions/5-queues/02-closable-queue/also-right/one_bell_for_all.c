// Also right: one lock and one bell for all queues; each bell is for all bakers, and each looks at
// his own queue.

#include "closable_queue.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t news = PTHREAD_COND_INITIALIZER;

struct customer {
    struct customer *next;
    long number;
};

struct queue {
    struct customer *first;
    struct customer **end; // where the next one is linked in
    bool closed;
};

struct queue *queue_new(void)
{
    struct queue *queue = malloc(sizeof *queue);
    if (queue) {
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
    free(queue);
}

bool queue_push(struct queue *queue, long number)
{
    struct customer *customer = malloc(sizeof *customer);
    if (!customer)
        return false;
    customer->next = NULL;
    customer->number = number;
    pthread_mutex_lock(&lock);
    bool open = !queue->closed;
    if (open) {
        *queue->end = customer;
        queue->end = &customer->next;
        pthread_cond_broadcast(&news);
    }
    pthread_mutex_unlock(&lock);
    if (!open)
        free(customer);
    return open;
}

bool queue_pop(struct queue *queue, long *number)
{
    pthread_mutex_lock(&lock);
    while (!queue->first && !queue->closed)
        pthread_cond_wait(&news, &lock);
    struct customer *customer = queue->first;
    if (customer) {
        queue->first = customer->next;
        if (!queue->first)
            queue->end = &queue->first;
        *number = customer->number;
    }
    pthread_mutex_unlock(&lock);
    free(customer);
    return customer != NULL;
}

void queue_close(struct queue *queue)
{
    pthread_mutex_lock(&lock);
    queue->closed = true;
    pthread_cond_broadcast(&news);
    pthread_mutex_unlock(&lock);
}
