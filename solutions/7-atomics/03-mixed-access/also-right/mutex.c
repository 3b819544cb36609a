// Also right: a lock on both sides, and no atomics at all.

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
    pthread_mutex_lock(&stats->lock);
    long requests = stats->requests;
    stats->requests = 0;
    pthread_mutex_unlock(&stats->lock);
    return requests;
}
