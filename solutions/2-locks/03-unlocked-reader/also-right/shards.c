// Also right: the sum is kept in several parts, so that workers seldom meet at the same one; who
// asks adds them up.

#include "unlocked_reader.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { PARTS = 8 };

struct progress {
    atomic_long parts[PARTS]; // the sum of them has arrived
};

struct progress *progress_new(void)
{
    struct progress *progress = malloc(sizeof *progress);
    for (int i = 0; progress && i < PARTS; i++)
        atomic_init(&progress->parts[i], 0);
    return progress;
}

void progress_free(struct progress *progress)
{
    free(progress);
}

// Which part the calling thread adds to. Others may add to the same one.
static int own_part(void)
{
    static atomic_int workers;
    static _Thread_local int number; // of this worker, counted from 1; 0: not yet known
    if (number == 0)
        number = atomic_fetch_add(&workers, 1) % PARTS + 1;
    return number - 1;
}

void progress_add(struct progress *progress, long bytes)
{
    atomic_fetch_add(&progress->parts[own_part()], bytes);
}

long progress_bytes(struct progress *progress)
{
    long bytes = 0;
    for (int i = 0; i < PARTS; i++)
        bytes += atomic_load(&progress->parts[i]);
    return bytes;
}
