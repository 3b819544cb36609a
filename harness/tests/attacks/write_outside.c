// Attack: Writes a file that is found after grading.
// Expected: not allowed
// Reason: fopen
//
// Where /tmp/racelings-attack-was-here is found afterwards, the sandbox is broken.

#include "counter.h"

#include <stdio.h>
#include <stdlib.h>

struct counter {
    long value;
};

static void leave_a_mark(void)
{
    FILE *file = fopen("/tmp/racelings-attack-was-here", "w");
    if (file)
        fclose(file);
}

struct counter *counter_new(void)
{
    leave_a_mark();
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
