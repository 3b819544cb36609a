// Attack: Prints a NUL, which the explorer's report could not hold, and updates in two atomic steps.
// Expected: failed

#include "counter.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

struct counter {
    atomic_long value;
};

struct counter *counter_new(void)
{
    putchar('\0');
    return calloc(1, sizeof(struct counter));
}

void counter_free(struct counter *counter)
{
    free(counter);
}

void counter_increment(struct counter *counter)
{
    atomic_store(&counter->value, atomic_load(&counter->value) + 1);
}

long counter_value(struct counter *counter)
{
    return atomic_load(&counter->value);
}
