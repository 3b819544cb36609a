// Still wrong: by the end of a nap all have finished, on this machine, today, probably.
// Caught by: explore, tsan, helgrind

#include "no_join.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

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
    usleep(50000);
    long sum = 0;
    for (int i = 0; i < stations; i++) {
        sum += counters[i].votes;
        pthread_join(counters[i].thread, NULL);
    }
    free(counters);
    return sum;
}
