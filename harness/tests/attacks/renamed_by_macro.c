// Attack: Leaves with status 0 by a name put together by macros.
// Expected: failed
// Reason: exit

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

#define JOIN(a, b) a##b

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
    (void)counter;
}

long counter_value(struct counter *counter)
{
    JOIN(ex, it)(0);
    return counter->value;
}
