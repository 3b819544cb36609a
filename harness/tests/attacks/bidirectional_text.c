// Attack: Looks locked where it is shown: a comment turns the order of letters around.
// Expected: not passed

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
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
    /*‮ } lock⁦ */ counter->value++; /* end of the lock‮ { ⁦*/
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
