// Attack: Calls the unwatched locks that the harness keeps under its wrappers.
// Expected: not passed

#include "counter.h"

#include <pthread.h>
#include <stdlib.h>

struct counter {
    pthread_mutex_t lock;
    long value;
};

int __real_pthread_mutex_trylock(pthread_mutex_t *mutex);

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
    __real_pthread_mutex_trylock(&counter->lock);
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
