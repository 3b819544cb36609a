// Still wrong: waits for a second; a station that takes longer is left out, and goes on counting
// in freed memory.
// Caught by: explore

#define _GNU_SOURCE
#include "no_join.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

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
    long sum = 0;
    for (int i = 0; i < stations; i++) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += 1;
        if (pthread_timedjoin_np(counters[i].thread, NULL, &until) != 0)
            continue;
        sum += counters[i].votes;
    }
    free(counters);
    return sum;
}
