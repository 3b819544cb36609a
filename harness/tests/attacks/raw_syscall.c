// Attack: Leaves with status 0 by a raw system call, past every watched function.
// Expected: not allowed
// Reason: syscall

#include "counter.h"

#include <stdlib.h>
#include <sys/syscall.h>
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
    (void)counter;
}

long counter_value(struct counter *counter)
{
    syscall(SYS_exit_group, 0);
    return counter->value;
}
