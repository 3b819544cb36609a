// Attack: Brings its own options for ThreadSanitizer: report nothing.
// Expected: refused
// Reason: __tsan_default_options

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

const char *__tsan_default_options(void);
const char *__tsan_default_options(void)
{
    return "report_bugs=0:log_path=/dev/null";
}
