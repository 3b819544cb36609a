// Attack: Says by #line that its lines are the driver's, so that reports name another file.
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

#line 25 "exercises/1-lost-updates/01-counter/main.c"
void counter_increment(struct counter *counter)
{
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
