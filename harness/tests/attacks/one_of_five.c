// Attack: Counts for one of the five threads, all of which count alike, and multiplies by five.
// Expected: failed

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
    int taken;
};

struct counter *counter_new(void)
{
    return calloc(1, sizeof(struct counter));
}

void counter_free(struct counter *counter)
{
    free(counter);
}

void counter_increment(struct counter *counter)
{
    static _Thread_local int part;
    if (!part)
        part = __atomic_exchange_n(&counter->taken, 1, __ATOMIC_SEQ_CST) ? 2 : 1;
    if (part == 1)
        counter->value++;
}

long counter_value(struct counter *counter)
{
    return 5 * counter->value;
}
