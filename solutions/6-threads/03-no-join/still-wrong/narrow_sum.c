// Still wrong: the sum is an int, and some countries are larger.
// Caught by: explore

#include "no_join.h"

#include <pthread.h>
#include <stdlib.h>

struct counter {
    pthread_t thread;
    int station; // where it counts
    long votes;  // what it found there
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
    int sum = 0;
    for (int i = 0; i < stations; i++) {
        pthread_join(counters[i].thread, NULL);
        sum += counters[i].votes;
    }
    free(counters);
    return sum;
}
