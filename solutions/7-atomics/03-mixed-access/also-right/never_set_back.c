// Also right: the total only grows, and the reader remembers how much of it was taken already.

#include "mixed_access.h"

#include <stdatomic.h>
#include <stdlib.h>

struct stats {
    atomic_long requests; // since stats_new
    long taken;           // of those, what stats_take has given; nobody else looks at it
};

struct stats *stats_new(void)
{
    struct stats *stats = malloc(sizeof *stats);
    if (stats) {
        atomic_init(&stats->requests, 0);
        stats->taken = 0;
    }
    return stats;
}

void stats_free(struct stats *stats)
{
    free(stats);
}

void stats_count(struct stats *stats)
{
    atomic_fetch_add_explicit(&stats->requests, 1, memory_order_relaxed);
}

long stats_take(struct stats *stats)
{
    long requests = atomic_load_explicit(&stats->requests, memory_order_relaxed);
    long since = requests - stats->taken;
    stats->taken = requests;
    return since;
}
