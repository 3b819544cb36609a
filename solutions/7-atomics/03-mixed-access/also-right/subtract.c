// Also right: takes off exactly what it read; what came between stays for the next time.

#include "mixed_access.h"

#include <stdatomic.h>
#include <stdlib.h>

struct stats {
    atomic_long requests; // counted since the last stats_take
};

struct stats *stats_new(void)
{
    struct stats *stats = malloc(sizeof *stats);
    if (stats)
        atomic_init(&stats->requests, 0);
    return stats;
}

void stats_free(struct stats *stats)
{
    free(stats);
}

// Called by all threads all the time: atomic, so that no request gets lost.
void stats_count(struct stats *stats)
{
    atomic_fetch_add_explicit(&stats->requests, 1, memory_order_relaxed);
}

// Called once in a while, by the thread that draws the chart. Who comes between
// the two steps is counted by the next call.
long stats_take(struct stats *stats)
{
    long requests = atomic_load(&stats->requests);
    atomic_fetch_sub(&stats->requests, requests);
    return requests;
}
