// Attack: Leaves with status 0 before main begins.
// Expected: not allowed
// Reason: constructor
// Line: 37

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
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}

__attribute__((constructor)) static void succeed(void)
{
    exit(0);
}
