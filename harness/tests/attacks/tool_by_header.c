// Attack: Is right only while valgrind runs it.
// Expected: refused

#include "counter.h"

#include <sched.h>
#include <stdlib.h>
#include <valgrind/valgrind.h>

struct counter {
    long value;
};

// Loses updates even on one processor: whoever is next reads the same value.
static void sloppy_increment(struct counter *counter)
{
    long value = counter->value;
    sched_yield();
    counter->value = value + 1;
}

static void careful_increment(struct counter *counter)
{
    __atomic_fetch_add(&counter->value, 1, __ATOMIC_SEQ_CST);
}

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
    if (RUNNING_ON_VALGRIND)
        careful_increment(counter);
    else
        sloppy_increment(counter);
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
