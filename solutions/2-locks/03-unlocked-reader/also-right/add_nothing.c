// Also right: reading is adding nothing: one function does both, and only it knows the lock.

#include "unlocked_reader.h"

#include <pthread.h>
#include <stdlib.h>

struct progress {
    pthread_mutex_t lock; // guards bytes, for writers and readers
    long bytes;
};

struct progress *progress_new(void)
{
    struct progress *progress = malloc(sizeof *progress);
    if (progress) {
        pthread_mutex_init(&progress->lock, NULL);
        progress->bytes = 0;
    }
    return progress;
}

void progress_free(struct progress *progress)
{
    if (progress)
        pthread_mutex_destroy(&progress->lock);
    free(progress);
}

// Adds and returns the sum.
static long add(struct progress *progress, long bytes)
{
    pthread_mutex_lock(&progress->lock);
    long sum = progress->bytes += bytes;
    pthread_mutex_unlock(&progress->lock);
    return sum;
}

void progress_add(struct progress *progress, long bytes)
{
    add(progress, bytes);
}

long progress_bytes(struct progress *progress)
{
    return add(progress, 0);
}
