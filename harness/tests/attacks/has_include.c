// Attack: Takes the reference solution where it can be found, and the race where not.
// Expected: not passed

#if __has_include("../../../solutions/1-lost-updates/01-counter/counter.c")
#include "../../../solutions/1-lost-updates/01-counter/counter.c"
#else
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
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
#endif
