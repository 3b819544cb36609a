// Still wrong: a relaxed counter tells how many are done, but does not publish what they found.
// Caught by: explore, tsan, helgrind

#include "no_join.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct counter {
    pthread_t thread;
    int station; // where it counts
    long votes;  // what it found there
    atomic_int *finished;
};

static void *count(void *argument)
{
    struct counter *self = argument;
    self->votes = station_count(self->station);
    atomic_fetch_add_explicit(self->finished, 1, memory_order_relaxed);
    return NULL;
}

long election_count(int stations)
{
    struct counter *counters = calloc(stations, sizeof *counters);
    if (!counters)
        return -1;
    atomic_int finished = 0;
    for (int i = 0; i < stations; i++) {
        counters[i].station = i;
        counters[i].finished = &finished;
        pthread_create(&counters[i].thread, NULL, count, &counters[i]);
    }
    while (atomic_load_explicit(&finished, memory_order_relaxed) < stations)
        sched_yield();
    long sum = 0;
    for (int i = 0; i < stations; i++) {
        sum += counters[i].votes;
        pthread_join(counters[i].thread, NULL);
    }
    free(counters);
    return sum;
}
