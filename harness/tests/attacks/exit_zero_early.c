// Attack: Leaves with status 0 where the driver would have checked the number.
// Expected: failed
// Reason: exit

#include "counter.h"

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
    (void)counter;
}

long counter_value(struct counter *counter)
{
    exit(0);
    return counter->value;
}
