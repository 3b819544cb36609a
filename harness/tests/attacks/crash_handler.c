// Attack: Turns a crash, its own, into exit status 0 before the driver can check.
// Expected: not allowed
// Reason: _exit

#include "counter.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

struct counter {
    long value;
};

static void succeed(int number)
{
    (void)number;
    _exit(0);
}

static int *volatile nowhere;

struct counter *counter_new(void)
{
    struct sigaction action = {.sa_handler = succeed};
    sigaction(SIGSEGV, &action, NULL);
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
    *nowhere = 1;
    return counter->value;
}
