// Also right: closing puts an end mark behind the last customer; whoever meets it leaves it there.

#include "closable_queue.h"

#include <pthread.h>
#include <stdlib.h>

struct customer {
    struct customer *next;
    long number;
};

struct queue {
    pthread_mutex_t lock; // guards all below
    pthread_cond_t news;  // somebody came in, or the end mark did
    struct customer *first, *last;
    struct customer end_mark; // nothing ever comes behind it
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
    while (queue->first && queue->first != &queue->end_mark) {
        struct customer *customer = queue->first;
        queue->first = customer->next;
        free(customer);
    }
    pthread_cond_destroy(&queue->news);
    pthread_mutex_destroy(&queue->lock);
    free(queue);
}

// Appends a customer or the end mark, unless the mark is there already.
static bool append(struct queue *queue, struct customer *customer)
{
    pthread_mutex_lock(&queue->lock);
    bool open = queue->last != &queue->end_mark;
    if (open) {
        if (queue->first)
            queue->last->next = customer;
        else
            queue->first = customer;
        queue->last = customer;
        pthread_cond_broadcast(&queue->news);
    }
    pthread_mutex_unlock(&queue->lock);
    return open;
}

bool queue_push(struct queue *queue, long number)
{
    struct customer *customer = calloc(1, sizeof *customer);
    if (!customer)
        return false;
    customer->number = number;
    bool open = append(queue, customer);
    if (!open)
        free(customer);
    return open;
}

bool queue_pop(struct queue *queue, long *number)
{
    pthread_mutex_lock(&queue->lock);
    while (!queue->first)
        pthread_cond_wait(&queue->news, &queue->lock);
    struct customer *customer = queue->first;
    bool any = customer != &queue->end_mark;
    if (any) {
        queue->first = customer->next;
        *number = customer->number;
    }
    pthread_mutex_unlock(&queue->lock);
    if (any)
        free(customer);
    return any;
}

void queue_close(struct queue *queue)
{
    append(queue, &queue->end_mark);
}
