// Also right: all threads add to one sum under a lock; it is read when all are joined.

#include "no_join.h"

#include <pthread.h>
#include <stdlib.h>

struct total {
    pthread_mutex_t lock; // guards sum
    long sum;
};

// What a thread is told, and where it adds what it found.
struct counter {
    pthread_t thread;
    int station;
    struct total *total;
};

static void *count(void *argument)
{
    struct counter *self = argument;
    long votes = station_count(self->station);
    pthread_mutex_lock(&self->total->lock);
    self->total->sum += votes;
    pthread_mutex_unlock(&self->total->lock);
    return NULL;
}

long election_count(int stations)
{
    struct counter *counters = calloc(stations, sizeof *counters);
    if (!counters)
        return -1;
    struct total total = {.lock = PTHREAD_MUTEX_INITIALIZER};
    for (int i = 0; i < stations; i++) {
        counters[i].station = i;
        counters[i].total = &total;
        pthread_create(&counters[i].thread, NULL, count, &counters[i]);
    }
    for (int i = 0; i < stations; i++)
        pthread_join(counters[i].thread, NULL);
    pthread_mutex_destroy(&total.lock);
    free(counters);
    return total.sum;
}
