// Also right: an atomic word says "closed" and how many are walking in; bakers wait for those.

#include "closable_queue.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct customer {
    struct customer *next;
    long number;
};

enum { CLOSED = 1, WALKING_IN = 2 };

struct queue {
    atomic_uint door;     // CLOSED, and how many are walking in
    pthread_mutex_t lock; // guards all below
    pthread_cond_t news;  // somebody came in, or nobody will any more
    struct customer *first;
    struct customer **end; // where the next one is linked in
    bool over;             // closed, and the last who got in has arrived
};

struct queue *queue_new(void)
{
    struct queue *queue = malloc(sizeof *queue);
    if (queue) {
        pthread_mutex_init(&queue->lock, NULL);
        pthread_cond_init(&queue->news, NULL);
        queue->first = NULL;
        queue->end = &queue->first;
        queue->over = false;
        atomic_init(&queue->door, 0);
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

static bool append(struct queue *queue, long number)
{
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

static void end_of_day(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->over = true;
    pthread_cond_broadcast(&queue->news);
    pthread_mutex_unlock(&queue->lock);
}

bool queue_push(struct queue *queue, long number)
{
    unsigned door = atomic_load(&queue->door);
    do {
        if (door & CLOSED)
            return false;
    } while (!atomic_compare_exchange_weak(&queue->door, &door, door + WALKING_IN));
    bool got_in = append(queue, number);
    if (atomic_fetch_sub(&queue->door, WALKING_IN) == WALKING_IN + CLOSED)
        end_of_day(queue); // the door was closed behind us, and nobody else is on the way
    return got_in;
}

bool queue_pop(struct queue *queue, long *number)
{
    pthread_mutex_lock(&queue->lock);
    while (!queue->first && !queue->over)
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
    if (atomic_fetch_or(&queue->door, CLOSED) == 0)
        end_of_day(queue);
}
