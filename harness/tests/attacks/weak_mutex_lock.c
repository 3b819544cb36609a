// Attack: Defines pthread_mutex_lock, weakly: locks cost nothing and look taken.
// Expected: not allowed
// Reason: pthread_mutex_lock

#include "counter.h"

#include <pthread.h>
#include <stdlib.h>

struct counter {
    pthread_mutex_t lock;
    long value;
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
    pthread_mutex_lock(&counter->lock);
    counter->value++;
    pthread_mutex_unlock(&counter->lock);
}

long counter_value(struct counter *counter)
{
    return counter->value;
}

__attribute__((weak)) int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    (void)mutex;
    return 0;
}

__attribute__((weak)) int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    (void)mutex;
    return 0;
}
