// Still wrong: nothing races any more; but what is counted between the two steps is lost.
// Caught by: explore

#include "mixed_access.h"

#include <stdlib.h>

struct stats {
    long requests; // counted since the last stats_take
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
    __atomic_fetch_add(&stats->requests, 1, __ATOMIC_RELAXED);
}

// Called once in a while, by the thread that draws the chart.
long stats_take(struct stats *stats)
{
    long requests = __atomic_load_n(&stats->requests, __ATOMIC_SEQ_CST);
    __atomic_store_n(&stats->requests, 0, __ATOMIC_SEQ_CST);
    return requests;
}
