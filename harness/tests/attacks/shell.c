// Attack: Has a shell do what the program itself may not call.
// Expected: not allowed
// Reason: system

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

struct counter *counter_new(void)
{
    if (system("id; ls -la . ..") != 0)
        return NULL;
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
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
