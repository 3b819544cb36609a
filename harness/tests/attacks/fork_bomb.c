// Attack: Forks 600 processes, more than a careless sandbox can count, before counting.
// Expected: not allowed
// Reason: fork

#include "counter.h"

#include <stdlib.h>
#include <unistd.h>

struct counter {
    long value;
};

enum { CHILDREN = 600, SECONDS = 3 };

static void multiply(void)
{
    for (int i = 0; i < CHILDREN; i++) {
        if (fork() == 0) {
            usleep(SECONDS * 1000000);
            _exit(0);
        }
    }
}

struct counter *counter_new(void)
{
    multiply();
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
