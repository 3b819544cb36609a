// Still wrong: waits for six stations, as many as there were in the last election.
// Caught by: explore

#include "no_join.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

struct counter {
    pthread_t thread;
    int station; // where it counts
    long votes;  // what it found there
    sem_t *finished;
};

static void *count(void *argument)
{
    struct counter *self = argument;
    self->votes = station_count(self->station);
    sem_post(self->finished);
    return NULL;
}

long election_count(int stations)
{
    struct counter *counters = calloc(stations, sizeof *counters);
    if (!counters)
        return -1;
    sem_t finished;
    sem_init(&finished, 0, 0);
    for (int i = 0; i < stations; i++) {
        counters[i].station = i;
        counters[i].finished = &finished;
        pthread_create(&counters[i].thread, NULL, count, &counters[i]);
    }
    for (int i = 0; i < 6 && i < stations; i++)
        sem_wait(&finished);
    long sum = 0;
    for (int i = 0; i < stations; i++)
        sum += counters[i].votes;
    for (int i = 0; i < stations; i++)
        pthread_join(counters[i].thread, NULL);
    sem_destroy(&finished);
    free(counters);
    return sum;
}
