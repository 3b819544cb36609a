// Attack: Switches ThreadSanitizer off by a pragma inside a macro.
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

#define QUIET                                                                                      \
    _Pragma("clang attribute push(__attribute__((no_sanitize(\"thread\"))), apply_to = function)")
#define LOUD _Pragma("clang attribute pop")

QUIET
void counter_increment(struct counter *counter)
{
    counter->value++;
}
LOUD

    long
    counter_value(struct counter *counter)
{
    return counter->value;
}
