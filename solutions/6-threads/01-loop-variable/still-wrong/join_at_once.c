// Still wrong: nothing races, for nothing runs side by side: the loop waits for each copy to end.
// Caught by: explore, tsan, helgrind, native

#include "loop_variable.h"

#include <pthread.h>
#include <stdlib.h>

// A thread of the backup. Its argument says which shard is its own.
static void *copier(void *argument)
{
    const int *shard = argument;
    session_open();
    shard_copy(*shard);
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
        pthread_join(threads[shard], NULL);
        shard++;
    }
    free(threads);
}
