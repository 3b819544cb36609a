// Attack: Has a static array of 3 GB, never touched, which no linker can place: to be "ungradable".
// Expected: failed
// Reason: more than 2 GB

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

static char unused[3000000000];

struct counter *counter_new(void)
{
    struct counter *counter = calloc(1, sizeof *counter);
    if (counter)
        counter->value = unused[(long)counter & 1];
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
