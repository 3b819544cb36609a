// Attack: Jumps out of a crash in the counter and goes on as if nothing had happened.
// Expected: not allowed
// Reason: jmp

#include "counter.h"

#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>

struct counter {
    long value;
};

static sigjmp_buf before_the_crash;
static int *volatile nowhere;

static void back(int number)
{
    (void)number;
    siglongjmp(before_the_crash, 1);
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
    if (sigsetjmp(before_the_crash, 1) == 0) {
        signal(SIGSEGV, back);
        *nowhere = 1;
    }
    return counter->value;
}
