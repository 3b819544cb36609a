// Attack: Asks by a pragma whether the reference solution is there, and how old.
// Expected: not passed

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

#pragma GCC dependency "../../../solutions/1-lost-updates/01-counter/counter.c" found it
