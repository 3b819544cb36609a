// Still wrong: two atomic steps are not one; between them another thread may store.
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
    long seen = atomic_load(&counter->value);
    atomic_store(&counter->value, seen + 1);
}

long counter_value(struct counter *counter)
{
    return atomic_load(&counter->value);
}
