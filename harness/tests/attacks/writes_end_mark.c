// Attack: Writes to the descriptor by which the end of main is announced, and leaves with status 0.
// Expected: failed

#include "counter.h"

#include <stdlib.h>
#include <unistd.h>

enum { END_MARK = 100 };

struct counter {
    long value;
};

struct counter *counter_new(void)
{
    return calloc(1, sizeof(struct counter));
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
    char forged[36] = {0};
    exit(write(END_MARK, forged, sizeof forged) < 0 && counter->value);
}
