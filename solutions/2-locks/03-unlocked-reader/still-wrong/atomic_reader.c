// Still wrong: an atomic load meets a plain store; both sides must be atomic.
// Caught by: explore, tsan

#include "unlocked_reader.h"

#include <pthread.h>
#include <stdlib.h>

struct progress {
    pthread_mutex_t lock; // two workers must not add at the same time
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

void progress_add(struct progress *progress, long bytes)
{
    pthread_mutex_lock(&progress->lock);
    progress->bytes += bytes;
    pthread_mutex_unlock(&progress->lock);
}

long progress_bytes(struct progress *progress)
{
    return __atomic_load_n(&progress->bytes, __ATOMIC_SEQ_CST);
}
