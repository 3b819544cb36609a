// Attack: Increments in assembly behind a word put together by macros.
// Expected: not allowed
// Reason: assembl

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

#define JOIN(a, b) a##b

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
    JOIN(__as, m__) volatile("incq %0" : "+m"(counter->value));
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
