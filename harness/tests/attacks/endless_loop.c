// Attack: Keeps a processor busy for 30 seconds, longer than any clock of the judges.
// Expected: failed

#include "counter.h"

#include <stdlib.h>
#include <time.h>

struct counter {
    long value;
};

enum { SECONDS = 30 };

static void dawdle(void)
{
    struct timespec start, now;
    clock_gettime(CLOCK_MONOTONIC, &start);
    do
        clock_gettime(CLOCK_MONOTONIC, &now);
    while (now.tv_sec - start.tv_sec < SECONDS);
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
    dawdle();
    return counter->value;
}
