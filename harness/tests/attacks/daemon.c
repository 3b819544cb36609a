// Attack: Leaves a process behind, in a session of its own, for after the judges are gone.
// Expected: not allowed
// Reason: fork

#include "counter.h"

#include <stdlib.h>
#include <unistd.h>

struct counter {
    long value;
};

enum { SECONDS = 20 };

static void stay_behind(void)
{
    if (fork() == 0) {
        setsid();
        if (fork() == 0)
            usleep(SECONDS * 1000000);
        _exit(0);
    }
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
    stay_behind();
    return counter->value;
}
