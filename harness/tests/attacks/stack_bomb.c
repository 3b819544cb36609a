// Attack: Calls itself until the stack of the main thread is gone.
// Expected: failed
//
// Ends after 512 MB where the stack has no limit.

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

enum { DEEPEST = 500000, FRAME = 1000 };

static int descend(int depth)
{
    volatile char frame[FRAME];
    frame[0] = (char)depth;
    return depth < DEEPEST ? descend(depth + 1) + frame[0] : 0;
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
    counter->value++;
}

long counter_value(struct counter *counter)
{
    counter->value += descend(0) & 1;
    return counter->value;
}
