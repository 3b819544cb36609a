// Still wrong: one read-write lock for all, but the writers took it for reading.
// Caught by: explore, tsan, helgrind

#include "unlocked_reader.h"

#include <pthread.h>
#include <stdlib.h>

struct progress {
    pthread_rwlock_t lock; // guards bytes, for writers and readers
    long bytes;
};

struct progress *progress_new(void)
{
    struct progress *progress = malloc(sizeof *progress);
    if (progress) {
        pthread_rwlock_init(&progress->lock, NULL);
        progress->bytes = 0;
    }
    return progress;
}

void progress_free(struct progress *progress)
{
    if (progress)
        pthread_rwlock_destroy(&progress->lock);
    free(progress);
}

void progress_add(struct progress *progress, long bytes)
{
    pthread_rwlock_rdlock(&progress->lock);
    progress->bytes += bytes;
    pthread_rwlock_unlock(&progress->lock);
}

// Changes nothing, and needs the lock all the same: what it reads is being changed.
long progress_bytes(struct progress *progress)
{
    pthread_rwlock_rdlock(&progress->lock);
    long bytes = progress->bytes;
    pthread_rwlock_unlock(&progress->lock);
    return bytes;
}
