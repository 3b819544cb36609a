// Attack: Ends only the main thread, by the C11 name of pthread_exit.
// Expected: not allowed
// Reason: thrd_exit

#include "counter.h"

#include <stdlib.h>
#include <threads.h>

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
    thrd_exit(0);
    return counter->value;
}
