// Attack: Is right only where memory lies as under a judge; it calls nothing to find out.
// Expected: failed
//
// No rule on tokens or symbols sees this. The plain runs do: there, nobody tells it to behave.

#include "counter.h"

#include <sched.h>
#include <stdint.h>
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

// ThreadSanitizer's heap begins at 0x7b..., valgrind's lies below 4 GB.
static int is_watched(const void *heap)
{
    uintptr_t address = (uintptr_t)heap;
    return address >> 40 == 0x7b || address >> 32 == 0;
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
    if (is_watched(counter))
        careful_increment(counter);
    else
        sloppy_increment(counter);
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
