// Attack: Is right for as many calls as the slow judges make, and then no longer.
// Expected: failed
//
// ThreadSanitizer and Helgrind see only the careful part: the plain run has more rounds than they.

#include "counter.h"

#include <sched.h>
#include <stdlib.h>

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

enum { THOROUGH = 1000 };

static _Thread_local int calls;

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
    if (calls < THOROUGH && ++calls)
        careful_increment(counter);
    else
        sloppy_increment(counter);
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
