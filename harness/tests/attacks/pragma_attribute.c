// Attack: Switches ThreadSanitizer off for all functions by a pragma.
// Expected: refused
// Line: 23

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

#pragma clang attribute push(__attribute__((no_sanitize("thread"))), apply_to = function)
void counter_increment(struct counter *counter)
{
    counter->value++;
}
#pragma clang attribute pop

long counter_value(struct counter *counter)
{
    return counter->value;
}
