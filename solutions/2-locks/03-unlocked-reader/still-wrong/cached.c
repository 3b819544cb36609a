// Still wrong: no race any more, but a screen that shows what was true one worker ago: a worker
// tells of every second piece only.
// Caught by: explore, tsan, helgrind, native

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
    static _Thread_local long kept;
    static _Thread_local int calls;
    kept += bytes;
    if (++calls % 2 == 0) {
        progress->bytes += kept;
        kept = 0;
    }
}

long progress_bytes(struct progress *progress)
{
    return progress->bytes;
}
