// Also right: the store happens only if nobody came between it and the load.

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
    long seen = atomic_load(&counter->value);
    while (!atomic_compare_exchange_weak(&counter->value, &seen, seen + 1))
        ; // seen now holds what another thread stored
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
