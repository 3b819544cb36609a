// Also right: the number itself travels in the pointer, so there is nothing to look up later.

#include "loop_variable.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

static void *copier(void *argument)
{
    int shard = (int)(intptr_t)argument;
    session_open();
    shard_copy(shard);
    return NULL;
}

void backup(int shards)
{
    pthread_t *threads = calloc(shards, sizeof *threads);
    if (!threads)
        return;
    for (int i = 0; i < shards; i++)
        pthread_create(&threads[i], NULL, copier, (void *)(intptr_t)i);
    for (int i = 0; i < shards; i++)
        pthread_join(threads[i], NULL);
    free(threads);
}
