#include "queue.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

struct node {
    struct node *next;
    void *item;
};

struct queue {
    pthread_mutex_t lock; // guards all below
    pthread_cond_t news;  // an item came, or the queue was closed
    struct node *first;
    struct node **end; // where the next one is linked in
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
        struct node *node = queue->first;
        queue->first = node->next;
        free(node);
    }
    pthread_cond_destroy(&queue->news);
    pthread_mutex_destroy(&queue->lock);
    free(queue);
}

void queue_push(struct queue *queue, void *item)
{
    struct node *node = malloc(sizeof *node);
    if (!node) {
        perror("queue_push");
        abort();
    }
    node->next = NULL;
    node->item = item;
    pthread_mutex_lock(&queue->lock);
    *queue->end = node;
    queue->end = &node->next;
    pthread_cond_signal(&queue->news);
    pthread_mutex_unlock(&queue->lock);
}

void *queue_pop(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    while (!queue->first && !queue->closed)
        pthread_cond_wait(&queue->news, &queue->lock);
    struct node *node = queue->first;
    void *item = NULL;
    if (node) {
        item = node->item;
        queue->first = node->next;
        if (!queue->first)
            queue->end = &queue->first;
    }
    pthread_mutex_unlock(&queue->lock);
    free(node);
    return item;
}

void queue_close(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->closed = true;
    pthread_cond_broadcast(&queue->news);
    pthread_mutex_unlock(&queue->lock);
}
