// Still wrong: waits until a station has votes; nobody has to have any.
// Caught by: explore

#include "no_join.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct counter {
    pthread_t thread;
    int station;       // where it counts
    atomic_long votes; // what it found there
};

static void *count(void *argument)
{
    struct counter *self = argument;
    self->votes = station_count(self->station);
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
        while (counters[i].votes == 0)
            sched_yield();
        sum += counters[i].votes;
    }
    for (int i = 0; i < stations; i++)
        pthread_join(counters[i].thread, NULL);
    free(counters);
    return sum;
}
