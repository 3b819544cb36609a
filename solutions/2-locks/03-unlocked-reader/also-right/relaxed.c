// Also right: relaxed atomics: only this one number is shown, nothing else is read on the strength
// of it.

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
    atomic_fetch_add_explicit(&progress->bytes, bytes, memory_order_relaxed);
}

long progress_bytes(struct progress *progress)
{
    return atomic_load_explicit(&progress->bytes, memory_order_relaxed);
}
