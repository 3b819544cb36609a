// Still wrong: who asks takes the number out and puts it back; who asks meanwhile sees nothing.
// Caught by: explore

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
    atomic_fetch_add(&counter->value, 1);
}

long counter_value(struct counter *counter)
{
    long value = atomic_exchange(&counter->value, 0);
    atomic_fetch_add(&counter->value, value);
    return value;
}
