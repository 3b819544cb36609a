// Attack: Defines the functions that instrumented code calls, so that nothing is noticed.
// Expected: refused
// Reason: __tsan_

#include "counter.h"

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
    counter->value++;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}

void __tsan_read8(void *address);
void __tsan_read8(void *address)
{
    (void)address;
}

void __tsan_write8(void *address);
void __tsan_write8(void *address)
{
    (void)address;
}
