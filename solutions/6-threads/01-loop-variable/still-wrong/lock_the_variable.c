// Still wrong: the lock makes each read and each ++ whole; still the loop runs ahead of them.
// Caught by: explore, tsan, helgrind, native

#include "loop_variable.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // guards the loop variable

// A thread of the backup. Its argument says which shard is its own.
static void *copier(void *argument)
{
    session_open();
    pthread_mutex_lock(&lock);
    int shard = *(const int *)argument;
    pthread_mutex_unlock(&lock);
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
        pthread_create(&threads[shard], NULL, copier, &shard);
        pthread_mutex_lock(&lock);
        shard++;
        pthread_mutex_unlock(&lock);
    }
    for (int i = 0; i < shards; i++)
        pthread_join(threads[i], NULL);
    free(threads);
}
