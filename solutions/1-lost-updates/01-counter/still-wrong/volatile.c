// Still wrong: volatile makes the compiler load and store each time; it does not make that one step.
// Caught by: explore, tsan, helgrind

#include "counter.h"

#include <stdlib.h>

struct counter {
    volatile long value;
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
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
