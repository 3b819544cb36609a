// Attack: Switches all of the compiler's instrumentation off by a lesser known attribute.
// Expected: refused
// Reason: disable_sanitizer_instrumentation
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

__attribute__((disable_sanitizer_instrumentation)) void counter_increment(struct counter *counter)
{
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
