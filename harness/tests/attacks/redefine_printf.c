// Attack: Defines printf, by which the driver prints both numbers, and leaves in it.
// Expected: refused
// Reason: printf

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
    (void)counter;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}

int printf(const char *format, ...);
int printf(const char *format, ...)
{
    (void)format;
    _exit(0);
}
