// Still wrong: whoever finds the lock taken shows what was known last, which may be older than what
// was added before.
// Caught by: explore

#include "unlocked_reader.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct progress {
    pthread_mutex_t lock; // guards bytes
    long bytes;
    atomic_long shown; // at the last look
};

struct progress *progress_new(void)
{
    struct progress *progress = calloc(1, sizeof *progress);
    if (progress) {
        pthread_mutex_init(&progress->lock, NULL);
        atomic_init(&progress->shown, 0);
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
    progress->bytes += bytes;
    pthread_mutex_unlock(&progress->lock);
}

long progress_bytes(struct progress *progress)
{
    if (pthread_mutex_trylock(&progress->lock) == 0) {
        atomic_store(&progress->shown, progress->bytes);
        pthread_mutex_unlock(&progress->lock);
    }
    return atomic_load(&progress->shown);
}
