// Still wrong: a mutex is no messenger; only the thread that locked it may unlock it.
// Caught by: explore, tsan, helgrind

#include "loop_variable.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t reading = PTHREAD_MUTEX_INITIALIZER; // locked until the number was read

// A thread of the backup. Its argument says which shard is its own.
static void *copier(void *argument)
{
    int shard = *(const int *)argument;
    pthread_mutex_unlock(&reading);
    session_open();
    shard_copy(shard);
    return NULL;
}

void backup(int shards)
{
    int shard = 0;
    pthread_t *threads = calloc(shards, sizeof *threads);
    if (!threads)
        return;
    while (shard < shards) {
        pthread_mutex_lock(&reading);
        pthread_create(&threads[shard], NULL, copier, &shard);
        pthread_mutex_lock(&reading); // until the thread has read it
        pthread_mutex_unlock(&reading);
        shard++;
    }
    for (int i = 0; i < shards; i++)
        pthread_join(threads[i], NULL);
    free(threads);
}
