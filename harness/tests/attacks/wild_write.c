// Attack: Finds the driver's number of rounds in memory and sets it to 0: none, and none are right.
// Expected: refused
// Reason: a static variable of the driver
// Line: 19

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

static void find_the_rounds(void)
{
    static long here;
    volatile long *near = &here;
    for (int i = 0; i < 64; i++)
        if (near[i] == 100000 || near[i] == 1000 || near[i] == 200)
            near[i] = 0;
}

struct counter *counter_new(void)
{
    find_the_rounds();
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
    return counter->value;
}
