// Still wrong: no plain store any more, and no reset: each request is given again and again.
// Caught by: explore, tsan, helgrind, native

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

// Called once in a while, by the thread that draws the chart: an atomic read, so
// that no request is seen half.
long stats_take(struct stats *stats)
{
    return atomic_load_explicit(&stats->requests, memory_order_relaxed);
}
