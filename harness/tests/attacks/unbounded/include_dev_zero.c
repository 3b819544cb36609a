// Attack: Includes a device that never ends: the compiler reads zeros until memory is gone.
// Expected: refused
// Reason: /dev/zero
// Line: 39
//
// Not bounded in itself: only where the compiler is under a limit of its address space.

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

#include "/dev/zero"
