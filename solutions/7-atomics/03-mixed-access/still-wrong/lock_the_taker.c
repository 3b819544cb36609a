// Still wrong: only the taker locks; those who count pass by the lock, atomically.
// Caught by: explore, tsan, helgrind

#include "mixed_access.h"

#include <pthread.h>
#include <stdlib.h>

struct stats {
    pthread_mutex_t lock;
    long requests; // counted since the last stats_take
};

struct stats *stats_new(void)
{
    struct stats *stats = malloc(sizeof *stats);
    if (stats) {
        pthread_mutex_init(&stats->lock, NULL);
        stats->requests = 0;
    }
    return stats;
}

void stats_free(struct stats *stats)
{
    pthread_mutex_destroy(&stats->lock);
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
    pthread_mutex_lock(&stats->lock);
    long requests = stats->requests;
    stats->requests = 0;
    pthread_mutex_unlock(&stats->lock);
    return requests;
}
