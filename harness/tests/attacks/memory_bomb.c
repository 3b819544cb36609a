// Attack: Touches 1.5 GB of memory in steps of 64 MB, with allowed calls only.
// Expected: not passed

#include "counter.h"

#include <stdlib.h>
#include <string.h>

struct counter {
    long value;
};

enum { STEPS = 24, STEP = 64 << 20 };

static void devour(void)
{
    void *steps[STEPS];
    int taken = 0;
    while (taken < STEPS && (steps[taken] = malloc(STEP)) != NULL)
        memset(steps[taken++], 0x5a, STEP);
    while (taken > 0)
        free(steps[--taken]);
}

struct counter *counter_new(void)
{
    devour();
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
