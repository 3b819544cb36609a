// Still wrong: the loop copies into a global, and all threads read the one global.
// Caught by: explore, tsan, helgrind, native

#include "loop_variable.h"

#include <pthread.h>
#include <stdlib.h>

static int next_shard; // for the thread that is being created

// A thread of the backup.
static void *copier(void *argument)
{
    (void)argument;
    session_open();
    shard_copy(next_shard);
    return NULL;
}

void backup(int shards)
{
    int shard = 0;
    pthread_t *threads = calloc(shards, sizeof *threads);
    if (!threads)
        return;
    while (shard < shards) {
        next_shard = shard;
        pthread_create(&threads[shard], NULL, copier, NULL);
        shard++;
    }
    for (int i = 0; i < shards; i++)
        pthread_join(threads[i], NULL);
    free(threads);
}
