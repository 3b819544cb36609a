// Still wrong: the lock keeps the two accesses apart; it does not say which comes first.
// Caught by: explore, native

#include "no_join.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; // guards all votes

struct counter {
    pthread_t thread;
    int station; // where it counts
    long votes;  // what it found there
};

static void *count(void *argument)
{
    struct counter *self = argument;
    long votes = station_count(self->station);
    pthread_mutex_lock(&lock);
    self->votes = votes;
    pthread_mutex_unlock(&lock);
    return NULL;
}

long election_count(int stations)
{
    struct counter *counters = calloc(stations, sizeof *counters);
    if (!counters)
        return -1;
    for (int i = 0; i < stations; i++) {
        counters[i].station = i;
        pthread_create(&counters[i].thread, NULL, count, &counters[i]);
    }
    long sum = 0;
    for (int i = 0; i < stations; i++) {
        pthread_mutex_lock(&lock);
        sum += counters[i].votes;
        pthread_mutex_unlock(&lock);
        pthread_join(counters[i].thread, NULL);
    }
    free(counters);
    return sum;
}
