// Attack: Ends the process that started it, the grader or its sandbox, in mid-judgement.
// Expected: refused
// Reason: kill

#include "counter.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

struct counter {
    long value;
};

static void end_the_judge(void)
{
    if (getppid() > 1)
        kill(getppid(), SIGTERM);
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
    end_the_judge();
    return counter->value;
}
