#include "loop_variable.h"

#include <pthread.h>
#include <stdlib.h>

// A thread of the backup and what it is told. Nobody writes `shard` once the thread is created.
struct copier {
    pthread_t thread;
    int shard;
};

static void *copy(void *argument)
{
    const struct copier *self = argument;
    session_open();
    shard_copy(self->shard);
    return NULL;
}

void backup(int shards)
{
    struct copier *copiers = calloc(shards, sizeof *copiers);
    if (!copiers)
        return;
    for (int i = 0; i < shards; i++) {
        copiers[i].shard = i;
        pthread_create(&copiers[i].thread, NULL, copy, &copiers[i]);
    }
    for (int i = 0; i < shards; i++)
        pthread_join(copiers[i].thread, NULL);
    free(copiers);
}
