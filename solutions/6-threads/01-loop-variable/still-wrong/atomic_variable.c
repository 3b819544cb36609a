// Still wrong: no access races any more, and all threads still read what the loop has counted to.
// Caught by: explore, tsan, helgrind, native

#include "loop_variable.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

// A thread of the backup. Its argument says which shard is its own.
static void *copier(void *argument)
{
    atomic_int *shard = argument;
    session_open();
    shard_copy(*shard);
    return NULL;
}

void backup(int shards)
{
    atomic_int shard = 0;
    pthread_t *threads = calloc(shards, sizeof *threads);
    if (!threads)
        return;
    while (shard < shards) {
        pthread_create(&threads[shard], NULL, copier, &shard);
        shard++;
    }
    for (int i = 0; i < shards; i++)
        pthread_join(threads[i], NULL);
    free(threads);
}
