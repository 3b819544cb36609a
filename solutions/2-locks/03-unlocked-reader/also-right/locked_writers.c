// Also right: the writers keep their lock among themselves and store atomically, so the reader may
// load without it.

#include "unlocked_reader.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct progress {
    pthread_mutex_t lock; // two workers must not add at the same time
    atomic_long bytes;
};

struct progress *progress_new(void)
{
    struct progress *progress = malloc(sizeof *progress);
    if (progress) {
        pthread_mutex_init(&progress->lock, NULL);
        atomic_init(&progress->bytes, 0);
    }
    return progress;
}

void progress_free(struct progress *progress)
{
    if (progress)
        pthread_mutex_destroy(&progress->lock);
    free(progress);
}

void progress_add(struct progress *progress, long bytes)
{
    pthread_mutex_lock(&progress->lock);
    atomic_store(&progress->bytes, atomic_load(&progress->bytes) + bytes);
    pthread_mutex_unlock(&progress->lock);
}

long progress_bytes(struct progress *progress)
{
    return atomic_load(&progress->bytes);
}
