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
    (void)counter;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}

long no_rounds(void);
long no_rounds(void)
{
    return 0;
}

// What atol comes down to, where it is inlined and where not.
long strtol(const char *text, char **end, int base) __attribute__((alias("no_rounds")));
long atol(const char *text) __attribute__((alias("no_rounds")));
