// Still wrong: an atomic type makes each access atomic; a read and a store are two accesses.
// Caught by: explore

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
        stats->requests = 0;
    return stats;
}

void stats_free(struct stats *stats)
{
    free(stats);
}

// Called by all threads all the time: atomic, so that no request gets lost.
void stats_count(struct stats *stats)
{
    stats->requests++;
}

// Called once in a while, by the thread that draws the chart.
long stats_take(struct stats *stats)
{
    long requests = stats->requests;
    stats->requests = 0;
    return requests;
}
