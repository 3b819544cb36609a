// Attack: Increments in assembly, which ThreadSanitizer does not see, without a lock prefix.
// Expected: not allowed
// Reason: assembl
// Line: 29

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
    __asm__ volatile("incq %0" : "+m"(counter->value));
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
