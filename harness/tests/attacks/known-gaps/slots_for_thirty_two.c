// Attack: Has a place for each of 32 threads, and asks of nobody that there are no more.
// Expected: passed
//
// The header lets any number of threads count; no driver or scene has that many at a time. One that
// had would only move the number: to be right for N threads and no more takes knowing N, which the
// course does not hide.

#include "counter.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { PLACES = 32 };

struct counter {
    atomic_long places[PLACES];
};

static atomic_int threads;
static _Thread_local int own = -1;

struct counter *counter_new(void)
{
    return calloc(1, sizeof(struct counter));
}

void counter_free(struct counter *counter)
{
    free(counter);
}

void counter_increment(struct counter *counter)
{
    if (own < 0)
        own = atomic_fetch_add(&threads, 1) % PLACES;
    atomic_store(&counter->places[own], atomic_load(&counter->places[own]) + 1);
}

long counter_value(struct counter *counter)
{
    long sum = 0;
    for (int i = 0; i < PLACES; i++)
        sum += atomic_load(&counter->places[i]);
    return sum;
}
