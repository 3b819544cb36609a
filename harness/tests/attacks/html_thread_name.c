// Attack: Gives its threads, in all reports, names that are HTML.
// Expected: not passed

#define _GNU_SOURCE
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
    pthread_setname_np(pthread_self(), "<b>\033[31m<u>");
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
