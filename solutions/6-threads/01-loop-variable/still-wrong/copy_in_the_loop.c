// Still wrong: a variable of the loop's body has the same address in every turn; it is shared too.
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
        int mine = shard;
        pthread_create(&threads[shard], NULL, copier, &mine);
        shard++;
    }
    for (int i = 0; i < shards; i++)
        pthread_join(threads[i], NULL);
    free(threads);
}
