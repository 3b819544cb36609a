// Attack: Runs code while the program is still being linked: in the resolver of a function.
// Expected: refused
// Reason: ifunc

#include "counter.h"

#include <stdlib.h>
#include <unistd.h>

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

static void nothing(void)
{
}

static void (*resolve(void))(void)
{
    _exit(0);
    return nothing;
}

__attribute__((ifunc("resolve"))) void early(void);

void (*const use_of_early)(void) = early;
