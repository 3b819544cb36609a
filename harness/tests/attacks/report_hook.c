// Attack: Brings its own hooks for reports and for the end: nothing is ever found.
// Expected: refused
// Reason: __tsan_on

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

void __tsan_on_report(void *report);
void __tsan_on_report(void *report)
{
    (void)report;
}

int __tsan_on_finalize(int failed);
int __tsan_on_finalize(int failed)
{
    return failed & 0;
}
