// Attack: Defines pthread_create: the driver's threads run one after the other.
// Expected: refused
// Reason: pthread_create

#include "counter.h"

#include <pthread.h>
#include <stdlib.h>

struct counter {
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
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}

// Everything the driver does with threads, done by one.
int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                   void *argument)
{
    (void)thread, (void)attributes;
    start(argument);
    return 0;
}

int pthread_join(pthread_t thread, void **result)
{
    (void)thread, (void)result;
    return 0;
}

int pthread_barrier_wait(pthread_barrier_t *barrier)
{
    (void)barrier;
    return 0;
}
