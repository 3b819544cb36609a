// Also right: each thread gets an int of its own from the heap, and frees it.

#include "loop_variable.h"

#include <pthread.h>
#include <stdlib.h>

static void *copier(void *argument)
{
    int shard = *(int *)argument;
    free(argument);
    session_open();
    shard_copy(shard);
    return NULL;
}

void backup(int shards)
{
    pthread_t *threads = calloc(shards, sizeof *threads);
    if (!threads)
        return;
    for (int i = 0; i < shards; i++) {
        int *shard = malloc(sizeof *shard);
        if (!shard)
            abort();
        *shard = i;
        pthread_create(&threads[i], NULL, copier, shard);
    }
    for (int i = 0; i < shards; i++)
        pthread_join(threads[i], NULL);
    free(threads);
}
