// Also right: a condition variable says when nobody counts any more, as a WaitGroup does in Go.

#include "no_join.h"

#include <pthread.h>
#include <stdlib.h>

struct countdown {
    pthread_mutex_t lock; // guards left
    pthread_cond_t none_left;
    int left; // stations still counting
};

struct counter {
    pthread_t thread;
    int station; // where it counts
    long votes;  // what it found there
    struct countdown *countdown;
};

static void *count(void *argument)
{
    struct counter *self = argument;
    self->votes = station_count(self->station);
    pthread_mutex_lock(&self->countdown->lock);
    if (--self->countdown->left == 0)
        pthread_cond_signal(&self->countdown->none_left);
    pthread_mutex_unlock(&self->countdown->lock);
    return NULL;
}

long election_count(int stations)
{
    struct counter *counters = calloc(stations, sizeof *counters);
    if (!counters)
        return -1;
    struct countdown countdown = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, stations};
    for (int i = 0; i < stations; i++) {
        counters[i].station = i;
        counters[i].countdown = &countdown;
        pthread_create(&counters[i].thread, NULL, count, &counters[i]);
    }
    pthread_mutex_lock(&countdown.lock);
    while (countdown.left > 0)
        pthread_cond_wait(&countdown.none_left, &countdown.lock);
    pthread_mutex_unlock(&countdown.lock);

    long sum = 0;
    for (int i = 0; i < stations; i++)
        sum += counters[i].votes;
    for (int i = 0; i < stations; i++)
        pthread_join(counters[i].thread, NULL);
    pthread_cond_destroy(&countdown.none_left);
    pthread_mutex_destroy(&countdown.lock);
    free(counters);
    return sum;
}
