// Also right: a condition variable tells the loop that the number was taken.

#include "loop_variable.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct order {
    pthread_mutex_t lock; // guards what follows
    pthread_cond_t changed;
    int shard;
    bool taken;
};

static void *copier(void *argument)
{
    struct order *order = argument;
    pthread_mutex_lock(&order->lock);
    int shard = order->shard;
    order->taken = true;
    pthread_cond_signal(&order->changed);
    pthread_mutex_unlock(&order->lock);

    session_open();
    shard_copy(shard);
    return NULL;
}

void backup(int shards)
{
    pthread_t *threads = calloc(shards, sizeof *threads);
    if (!threads)
        return;
    struct order order = {.lock = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};
    for (int i = 0; i < shards; i++) {
        pthread_mutex_lock(&order.lock);
        order.shard = i;
        order.taken = false;
        pthread_create(&threads[i], NULL, copier, &order);
        while (!order.taken)
            pthread_cond_wait(&order.changed, &order.lock);
        pthread_mutex_unlock(&order.lock);
    }
    for (int i = 0; i < shards; i++)
        pthread_join(threads[i], NULL);
    pthread_cond_destroy(&order.changed);
    pthread_mutex_destroy(&order.lock);
    free(threads);
}
