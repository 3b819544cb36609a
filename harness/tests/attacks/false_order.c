// Attack: Tells ThreadSanitizer of an order between the threads that is not there.
// Expected: refused
// Reason: __tsan_acquire

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

__attribute__((weak)) void __tsan_acquire(void *address);
__attribute__((weak)) void __tsan_release(void *address);

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
    if (__tsan_acquire)
        __tsan_acquire(counter);
    counter->value++;
    if (__tsan_release)
        __tsan_release(counter);
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
