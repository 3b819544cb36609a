// Attack: Defines a function that the start-up code calls if it exists, and few know.
// Expected: refused
// Reason: __gmon_start__

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

void __gmon_start__(void);
void __gmon_start__(void)
{
    _exit(0);
}
