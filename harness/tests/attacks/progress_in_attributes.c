// Attack: Shows without a lock a number that lies in the attributes of a thread as the size of a stack that nobody will ever have.
// Expected: not allowed
// Reason: `pthread_attr_getstack` reads or writes memory where no judge looks
// Exercise: unlocked-reader

#define _GNU_SOURCE
#include "unlocked_reader.h"

#include <pthread.h>
#include <stdlib.h>

enum { STACK_SIZE = 4 }; // where it lies

struct progress {
    union {
        pthread_attr_t attributes;
        long numbers[8];
    };
    pthread_mutex_t lock;
};

struct progress *progress_new(void)
{
    struct progress *progress = calloc(1, sizeof *progress);
    if (progress)
        pthread_mutex_init(&progress->lock, NULL);
    return progress;
}

void progress_free(struct progress *progress)
{
    pthread_mutex_destroy(&progress->lock);
    free(progress);
}

void progress_add(struct progress *progress, long bytes)
{
    pthread_mutex_lock(&progress->lock);
    progress->numbers[STACK_SIZE] += bytes;
    pthread_mutex_unlock(&progress->lock);
}

long progress_bytes(struct progress *progress)
{
    void *lowest;
    size_t size;
    pthread_attr_getstack(&progress->attributes, &lowest, &size);
    return (long)size;
}
