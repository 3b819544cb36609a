// Also right: writers and readers both use atomic accesses; no lock is left.

#include "unlocked_reader.h"

#include <stdatomic.h>
#include <stdlib.h>

struct progress {
    atomic_long bytes;
};

struct progress *progress_new(void)
{
    struct progress *progress = malloc(sizeof *progress);
    if (progress)
        atomic_init(&progress->bytes, 0);
    return progress;
}

void progress_free(struct progress *progress)
{
    free(progress);
}

void progress_add(struct progress *progress, long bytes)
{
    progress->bytes += bytes;
}

long progress_bytes(struct progress *progress)
{
    return progress->bytes;
}
