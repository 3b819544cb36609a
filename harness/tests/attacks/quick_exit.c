// Attack: Leaves by quick_exit, past what a judge does at the end of a program.
// Expected: not allowed
// Reason: quick_exit

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
    quick_exit(0);
    return counter->value;
}
