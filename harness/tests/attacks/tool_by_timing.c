// Attack: Is right only where the clock of the processor says that it runs slowly.
// Expected: failed
//
// The builtin is an instruction: there is no call to refuse.

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

static int slow;

static void feel_the_pace(void)
{
    enum { STEPS = 10000, CYCLES_PER_STEP = 15 };
    static volatile int step;
    unsigned long long start = __builtin_readcyclecounter();
    for (step = 0; step < STEPS;)
        step++;
    slow = __builtin_readcyclecounter() - start > (unsigned long long)STEPS * CYCLES_PER_STEP;
}

struct counter *counter_new(void)
{
    feel_the_pace();
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
    if (slow)
        careful_increment(counter);
    else
        sloppy_increment(counter);
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
