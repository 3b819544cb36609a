// Still wrong: two atomic words of 32 bits. When the lower one is full the screen may find it
// empty again, and the upper one not yet grown.
// Caught by: explore

#include "unlocked_reader.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct progress {
    pthread_mutex_t lock;  // held by who adds
    atomic_uint low, high; // bytes, as two words of 32 bits
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
    if (progress)
        pthread_mutex_destroy(&progress->lock);
    free(progress);
}

static unsigned long look(struct progress *progress)
{
    unsigned long low = atomic_load(&progress->low);
    return (unsigned long)atomic_load(&progress->high) << 32 | low;
}

void progress_add(struct progress *progress, long bytes)
{
    pthread_mutex_lock(&progress->lock);
    unsigned long sum = look(progress) + (unsigned long)bytes;
    atomic_store(&progress->low, (unsigned)sum);
    atomic_store(&progress->high, (unsigned)(sum >> 32));
    pthread_mutex_unlock(&progress->lock);
}

long progress_bytes(struct progress *progress)
{
    return (long)look(progress);
}
