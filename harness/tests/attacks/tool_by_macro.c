// Attack: Is right only in builds that ThreadSanitizer instruments, told by gcc's macro.
// Expected: refused
// Reason: __SANITIZE_THREAD__
// Line: 44

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

#ifdef __SANITIZE_THREAD__
    careful_increment(counter);
#else
    sloppy_increment(counter);
#endif
    (void)careful_increment, (void)sloppy_increment;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
