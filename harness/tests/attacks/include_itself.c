// Attack: Includes itself 2^23 times: harmless to look at, a minute for the preprocessor.
// Expected: not passed

#if __INCLUDE_LEVEL__ == 0
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
#endif

#if __INCLUDE_LEVEL__ < 23
#include "counter.c"
#include "counter.c"
#endif
