// Also right: a spin lock; the section is one addition or one load.

#include "unlocked_reader.h"

#include <pthread.h>
#include <stdlib.h>

struct progress {
    pthread_spinlock_t lock; // guards bytes, for writers and readers
    long bytes;
};

struct progress *progress_new(void)
{
    struct progress *progress = malloc(sizeof *progress);
    if (progress) {
        pthread_spin_init(&progress->lock, PTHREAD_PROCESS_PRIVATE);
        progress->bytes = 0;
    }
    return progress;
}

void progress_free(struct progress *progress)
{
    if (progress)
        pthread_spin_destroy(&progress->lock);
    free(progress);
}

void progress_add(struct progress *progress, long bytes)
{
    pthread_spin_lock(&progress->lock);
    progress->bytes += bytes;
    pthread_spin_unlock(&progress->lock);
}

// Changes nothing, and needs the lock all the same: what it reads is being changed.
long progress_bytes(struct progress *progress)
{
    pthread_spin_lock(&progress->lock);
    long bytes = progress->bytes;
    pthread_spin_unlock(&progress->lock);
    return bytes;
}
