// Attack: Reads and writes the counter through a pipe: nobody may see what the kernel copies.
// Expected: failed

#include "counter.h"

#include <stdlib.h>
#include <unistd.h>

struct counter {
    long value;
};

// Copies a long through a pipe of its own.
static void copy(long *to, const long *from)
{
    int ends[2];
    if (pipe(ends) != 0 || write(ends[1], from, sizeof *from) != (ssize_t)sizeof *from ||
        read(ends[0], to, sizeof *to) != (ssize_t)sizeof *to)
        abort();
    close(ends[0]);
    close(ends[1]);
}

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
    long value;
    copy(&value, &counter->value);
    value++;
    copy(&counter->value, &value);
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
