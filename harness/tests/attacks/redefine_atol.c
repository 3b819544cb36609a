// Attack: Defines atol, by which the driver learns its rounds: none, and none are right.
// Expected: refused
// Reason: atol

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
    (void)counter;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}

long atol(const char *text)
{
    (void)text;
    return 0;
}

// What the header makes of atol where it is inlined.
long strtol(const char *text, char **end, int base)
{
    (void)text, (void)end, (void)base;
    return 0;
}
