// Also right: the mutex of C11, around the load too.

#include "unlocked_reader.h"

#include <stdlib.h>
#include <threads.h>

struct progress {
    mtx_t lock; // guards bytes, for writers and readers
    long bytes;
};

struct progress *progress_new(void)
{
    struct progress *progress = malloc(sizeof *progress);
    if (progress) {
        mtx_init(&progress->lock, mtx_plain);
        progress->bytes = 0;
    }
    return progress;
}

void progress_free(struct progress *progress)
{
    if (progress)
        mtx_destroy(&progress->lock);
    free(progress);
}

void progress_add(struct progress *progress, long bytes)
{
    mtx_lock(&progress->lock);
    progress->bytes += bytes;
    mtx_unlock(&progress->lock);
}

// Changes nothing, and needs the lock all the same: what it reads is being changed.
long progress_bytes(struct progress *progress)
{
    mtx_lock(&progress->lock);
    long bytes = progress->bytes;
    mtx_unlock(&progress->lock);
    return bytes;
}
