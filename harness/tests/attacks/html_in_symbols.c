// Attack: Gives its variable, in all reports, a name that is HTML, by an assembler label.
// Expected: not allowed
// Reason: assembl
// Line: 14

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

static long total __asm__("<img src=x onerror=alert(1)>");

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
    (void)counter;
    total++;
}

long counter_value(struct counter *counter)
{
    (void)counter;
    return total;
}
