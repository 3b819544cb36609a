// Attack: Switches ThreadSanitizer off by an attribute broken over lines.
// Expected: refused
// Reason: no_sanitize

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

__attr\
ibute__((__no_sani\
tize_thread__)) void counter_increment(struct counter *counter)
{
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
