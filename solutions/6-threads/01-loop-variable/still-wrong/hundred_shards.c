// Still wrong: room for the numbers of a hundred shards; the next one takes the place of the first.
// Caught by: native

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
    const int *shard = argument;
    session_open();
    shard_copy(*shard);
    return NULL;
}

void backup(int shards)
{
    static int numbers[100];
    struct copier *copiers = calloc(shards, sizeof *copiers);
    if (!copiers)
        return;
    for (int i = 0; i < shards; i++) {
        numbers[i % 100] = i;
        copiers[i].shard = i;
        pthread_create(&copiers[i].thread, NULL, copy, &numbers[i % 100]);
    }
    for (int i = 0; i < shards; i++)
        pthread_join(copiers[i].thread, NULL);
    free(copiers);
}
