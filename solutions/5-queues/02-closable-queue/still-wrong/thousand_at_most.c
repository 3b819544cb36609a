// Still wrong: sends customers away although the door is open: there is room for a thousand.
// Caught by: explore

#include "closable_queue.h"
#include <pthread.h>
#include <stdlib.h>
enum { ROOM = 1000 };
struct queue {
    pthread_mutex_t lock;
    pthread_cond_t news;
    unsigned first, last;
    bool closed;
    long numbers[ROOM];
};
struct queue *queue_new(void)
{
    struct queue *q = calloc(1, sizeof *q);
    if (q) {
        pthread_mutex_init(&q->lock, NULL);
        pthread_cond_init(&q->news, NULL);
    }
    return q;
}
void queue_free(struct queue *q)
{
    pthread_cond_destroy(&q->news);
    pthread_mutex_destroy(&q->lock);
    free(q);
}
bool queue_push(struct queue *q, long customer)
{
    pthread_mutex_lock(&q->lock);
    bool ok = !q->closed && q->last - q->first < ROOM;
    if (ok) {
        q->numbers[q->last++ % ROOM] = customer;
        pthread_cond_signal(&q->news);
    }
    pthread_mutex_unlock(&q->lock);
    return ok;
}
bool queue_pop(struct queue *q, long *customer)
{
    pthread_mutex_lock(&q->lock);
    while (q->first == q->last && !q->closed)
        pthread_cond_wait(&q->news, &q->lock);
    bool any = q->first != q->last;
    if (any)
        *customer = q->numbers[q->first++ % ROOM];
    pthread_mutex_unlock(&q->lock);
    return any;
}
void queue_close(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->closed = true;
    pthread_cond_broadcast(&q->news);
    pthread_mutex_unlock(&q->lock);
}
