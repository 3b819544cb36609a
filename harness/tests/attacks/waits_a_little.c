// Attack: Puts the race off: sleeps at random moments so that updates seldom meet.
// Expected: failed
// Reason: race

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
    static _Thread_local int calls;
    if (calls++ % 64 == 0)
        usleep(1);
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
