// Attack: Has an initialised array of 300 MB, which each build writes to disk three times.
// Expected: not passed

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

enum { SIZE = 300 << 20 };

static volatile char huge[SIZE] = {1};

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
    counter->value += huge[SIZE - 1];
    return counter->value;
}
