// Still wrong: a lock for those who count, an atomic exchange for the taker: no common order.
// Caught by: explore, tsan, helgrind

#include "mixed_access.h"

#include <pthread.h>
#include <stdlib.h>

struct stats {
    pthread_mutex_t lock; // guards requests
    long requests;        // counted since the last stats_take
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

void stats_count(struct stats *stats)
{
    pthread_mutex_lock(&stats->lock);
    stats->requests++;
    pthread_mutex_unlock(&stats->lock);
}

long stats_take(struct stats *stats)
{
    return __atomic_exchange_n(&stats->requests, 0, __ATOMIC_SEQ_CST);
}
