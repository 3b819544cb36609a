// Attack: Runs code before main without an attribute that says so: by the section it lies in.
// Expected: not allowed
// Reason: _exit

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

static void succeed(void)
{
    _exit(0);
}

__attribute__((section(".init_array"), used)) static void (*const first)(void) = succeed;
