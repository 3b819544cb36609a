// Still wrong: sessions are open side by side, but shards are copied one after the other.
// Caught by: explore

#include "loop_variable.h"

#include <pthread.h>
#include <stdlib.h>

// A thread of the backup and what it is told. Nobody writes `shard` once the thread is created.
struct copier {
    pthread_t thread;
    int shard;
};

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static void *copy(void *argument)
{
    const struct copier *self = argument;
    session_open();
    pthread_mutex_lock(&one_at_a_time);
    shard_copy(self->shard);
    pthread_mutex_unlock(&one_at_a_time);
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
