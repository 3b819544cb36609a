// Attack: Leaves through a context without a successor, which ends the program with status 0.
// Expected: not allowed
// Reason: context

#include "counter.h"

#include <stdlib.h>
#include <ucontext.h>

struct counter {
    long value;
};

static void nothing(void)
{
}

static void leave(void)
{
    static char stack[1 << 16];
    static ucontext_t last;
    getcontext(&last);
    last.uc_stack.ss_sp = stack;
    last.uc_stack.ss_size = sizeof stack;
    last.uc_link = NULL;
    makecontext(&last, nothing, 0);
    setcontext(&last);
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
    (void)counter;
}

long counter_value(struct counter *counter)
{
    leave();
    return counter->value;
}
