// Also right: the same with the threads of C11; every thread has an element of its own.

#include "loop_variable.h"

#include <stdlib.h>
#include <threads.h>

static int copier(void *argument)
{
    const int *shard = argument;
    session_open();
    shard_copy(*shard);
    return 0;
}

void backup(int shards)
{
    thrd_t *threads = calloc(shards, sizeof *threads);
    int *numbers = calloc(shards, sizeof *numbers);
    if (threads && numbers) {
        for (int i = 0; i < shards; i++) {
            numbers[i] = i;
            thrd_create(&threads[i], copier, &numbers[i]);
        }
        for (int i = 0; i < shards; i++)
            thrd_join(threads[i], NULL);
    }
    free(numbers);
    free(threads);
}
