// Attack: Switches ThreadSanitizer off by an attribute put together by macros.
// Expected: refused

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

#define JOIN(a, b) a##b
#define QUIET      JOIN(no_, sanitize)("thread")

__attribute__((QUIET)) void counter_increment(struct counter *counter)
{
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
