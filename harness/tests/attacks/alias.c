// Attack: Gives one of its functions the name of a library's by an alias.
// Expected: refused

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

static long no_rounds(const char *text)
{
    (void)text;
    return 0;
}

long atol(const char *text) __attribute__((alias("no_rounds")));
