// Attack: Has the last function of the program turn its exit status into 0.
// Expected: not allowed
// Reason: _exit

#include "counter.h"

#include <stdlib.h>
#include <unistd.h>

struct counter {
    long value;
};

static void succeed(void)
{
    _exit(0);
}

struct counter *counter_new(void)
{
    atexit(succeed);
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
