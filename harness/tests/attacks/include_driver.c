// Attack: Includes the driver with its own main, to replace it with one that passes.
// Expected: not passed
// Line: 37

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

#define main honest_main
#include "main.c"
#undef main

int main(void)
{
    return 0;
}
