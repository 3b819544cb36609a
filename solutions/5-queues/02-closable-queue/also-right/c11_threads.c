// Also right: the same with the mutex and the condition variable of C11.

#include "closable_queue.h"

#include <stdlib.h>
#include <threads.h>

struct customer {
    struct customer *next;
    long number;
};

struct queue {
    mtx_t lock; // guards all below
    cnd_t news; // somebody came in, or the door was closed
    struct customer *first;
    struct customer **end; // where the next one is linked in
    bool closed;
};

struct queue *queue_new(void)
{
    struct queue *queue = malloc(sizeof *queue);
    if (queue) {
        mtx_init(&queue->lock, mtx_plain);
        cnd_init(&queue->news);
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
    cnd_destroy(&queue->news);
    mtx_destroy(&queue->lock);
    free(queue);
}

bool queue_push(struct queue *queue, long number)
{
    struct customer *customer = malloc(sizeof *customer);
    if (!customer)
        return false;
    customer->next = NULL;
    customer->number = number;
    mtx_lock(&queue->lock);
    bool open = !queue->closed;
    if (open) {
        *queue->end = customer;
        queue->end = &customer->next;
        cnd_signal(&queue->news);
    }
    mtx_unlock(&queue->lock);
    if (!open)
        free(customer);
    return open;
}

bool queue_pop(struct queue *queue, long *number)
{
    mtx_lock(&queue->lock);
    while (!queue->first && !queue->closed)
        cnd_wait(&queue->news, &queue->lock);
    struct customer *customer = queue->first;
    if (customer) {
        queue->first = customer->next;
        if (!queue->first)
            queue->end = &queue->first;
        *number = customer->number;
    }
    mtx_unlock(&queue->lock);
    free(customer);
    return customer != NULL;
}

void queue_close(struct queue *queue)
{
    mtx_lock(&queue->lock);
    queue->closed = true;
    cnd_broadcast(&queue->news);
    mtx_unlock(&queue->lock);
}
