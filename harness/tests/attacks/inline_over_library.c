// Attack: Gives an allowed function of the library a body that only the optimiser takes, to call what is not.
// Expected: not allowed
// Reason: `_exit` ends the program
// Line: 15

#include "counter.h"

#include <sched.h>
#include <stdlib.h>

struct counter {
    long value;
};

void _exit(int);
static void leave(void)
{
    _exit(0);
}

extern inline __attribute__((gnu_inline)) int sched_yield(void)
{
    return atexit(leave);
}

struct counter *counter_new(void)
{
    struct counter *counter = calloc(1, sizeof *counter);
    sched_yield();
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
