// Attack: Switches ThreadSanitizer off for the function that races.
// Expected: refused
// Reason: no_sanitize
// Line: 24

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

__attribute__((no_sanitize("thread"))) void counter_increment(struct counter *counter)
{
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
