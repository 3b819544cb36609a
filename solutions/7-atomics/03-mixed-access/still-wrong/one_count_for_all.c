// Still wrong: counts and takes in one step; but there is one count for all servers.
// Caught by: explore

#include "mixed_access.h"

#include <stdatomic.h>
#include <stdlib.h>

struct stats {
    char nothing;
};

static atomic_long requests; // counted since the last stats_take

struct stats *stats_new(void)
{
    struct stats *stats = malloc(sizeof *stats);
    if (stats)
        atomic_init(&requests, 0);
    return stats;
}

void stats_free(struct stats *stats)
{
    free(stats);
}

// Called by all threads all the time: atomic, so that no request gets lost.
void stats_count(struct stats *stats)
{
    (void)stats;
    atomic_fetch_add_explicit(&requests, 1, memory_order_relaxed);
}

// Called once in a while, by the thread that draws the chart. Read and set back in one step: no
// request can come between the two.
long stats_take(struct stats *stats)
{
    (void)stats;
    return atomic_exchange_explicit(&requests, 0, memory_order_relaxed);
}
