// Attack: Ties all threads to one processor, where a lost update is rare.
// Expected: not allowed
// Reason: affinity

#define _GNU_SOURCE
#include "counter.h"

#include <sched.h>
#include <stdlib.h>

struct counter {
    long value;
};

static void take_turns(void)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(0, &one);
    sched_setaffinity(0, sizeof one, &one);
}

struct counter *counter_new(void)
{
    take_turns();
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
