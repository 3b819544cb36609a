// Attack: Leaves with status 0 from the first thread that increments.
// Expected: not allowed
// Reason: _exit

#include "counter.h"

#include <stdlib.h>
#include <unistd.h>

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
    _exit(0);
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
