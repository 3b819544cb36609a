// Also right: an atomic long; its ++ is one indivisible step.

#include "counter.h"

#include <stdatomic.h>
#include <stdlib.h>

struct counter {
    atomic_long value;
};

struct counter *counter_new(void)
{
    struct counter *counter = malloc(sizeof *counter);
    if (counter)
        atomic_init(&counter->value, 0);
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
