// Also right: the loop does not go on before the new thread has copied the variable.

#include "loop_variable.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

struct order {
    int shard;
    sem_t taken; // posted when `shard` may change
};

static void *copier(void *argument)
{
    struct order *order = argument;
    int shard = order->shard;
    sem_post(&order->taken);
    session_open();
    shard_copy(shard);
    return NULL;
}

void backup(int shards)
{
    pthread_t *threads = calloc(shards, sizeof *threads);
    if (!threads)
        return;
    struct order order;
    sem_init(&order.taken, 0, 0);
    for (order.shard = 0; order.shard < shards; order.shard++) {
        pthread_create(&threads[order.shard], NULL, copier, &order);
        sem_wait(&order.taken);
    }
    for (int i = 0; i < shards; i++)
        pthread_join(threads[i], NULL);
    sem_destroy(&order.taken);
    free(threads);
}
