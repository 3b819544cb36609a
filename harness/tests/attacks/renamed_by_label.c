// Attack: Calls a forbidden function under an innocent name, by an assembler label.
// Expected: not allowed
// Reason: assembl
// Line: 14

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

void count_down(int status) __asm__("exit");

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
    count_down(0);
    return counter->value;
}
