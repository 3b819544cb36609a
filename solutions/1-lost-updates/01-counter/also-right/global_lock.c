// Also right: one lock for all counters; coarse, but everybody takes the same one.

#include "counter.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t all_counters = PTHREAD_MUTEX_INITIALIZER;

struct counter {
    long value; // guarded by all_counters
};

struct counter *counter_new(void)
{
    struct counter *counter = malloc(sizeof *counter);
    if (counter)
        counter->value = 0;
    return counter;
}

void counter_free(struct counter *counter)
{
    free(counter);
}

void counter_increment(struct counter *counter)
{
    pthread_mutex_lock(&all_counters);
    counter->value++;
    pthread_mutex_unlock(&all_counters);
}

long counter_value(struct counter *counter)
{
    pthread_mutex_lock(&all_counters);
    long value = counter->value;
    pthread_mutex_unlock(&all_counters);
    return value;
}
