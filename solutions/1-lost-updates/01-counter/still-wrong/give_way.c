// Still wrong: giving way to other threads moves the race about; it does not remove it.
// Caught by: explore, tsan, helgrind

#include "counter.h"

#include <sched.h>
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
    sched_yield();
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
