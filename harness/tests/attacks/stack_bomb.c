// Attack: Calls itself until the stack of the main thread is gone.
// Expected: not passed
//
// Ends after 512 MB where the stack has no limit. Not "failed": ThreadSanitizer cannot always tell
// of it.

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

enum { DEEPEST = 500000, FRAME = 1000 };

// Each frame holds the address of the one before, so that no compiler makes a loop of it.
static int descend(volatile char *above, int depth)
{
    volatile char frame[FRAME];
    frame[0] = above[0];
    return depth < DEEPEST ? descend(frame, depth + 1) + frame[0] : above[0];
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
    counter->value += descend(&(volatile char){0}, 0);
    return counter->value;
}
