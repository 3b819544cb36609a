// Attack: Turns the exit status into 0 after main has returned 1.
// Expected: not allowed
// Reason: destructor
// Line: 38

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

__attribute__((destructor)) static void succeed(void)
{
    _exit(0);
}
