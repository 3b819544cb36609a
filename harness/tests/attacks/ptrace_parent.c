// Attack: Takes hold of the process that started it, to read or change what it knows.
// Expected: refused
// Reason: ptrace

#include "counter.h"

#include <stdlib.h>
#include <sys/ptrace.h>
#include <unistd.h>

struct counter {
    long value;
};

static void take_hold(void)
{
    if (ptrace(PTRACE_SEIZE, getppid(), NULL, NULL) == 0)
        ptrace(PTRACE_DETACH, getppid(), NULL, NULL);
}

struct counter *counter_new(void)
{
    take_hold();
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
