// Still wrong: the number is read before the lock is taken.
// Caught by: explore, tsan, helgrind

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
    long bytes = progress->bytes;
    pthread_mutex_lock(&progress->lock);
    pthread_mutex_unlock(&progress->lock);
    return bytes;
}
