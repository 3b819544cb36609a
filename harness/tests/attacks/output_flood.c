// Attack: Prints 10 MB, which a grader might keep, mail or show in a browser.
// Expected: failed
// Reason: prints too much

#include "counter.h"

#include <stdio.h>
#include <stdlib.h>

struct counter {
    long value;
};

enum { LINES = 100000 };

static void flood(void)
{
    for (int i = 0; i < LINES; i++)
        printf("%099d\n", i);
}

struct counter *counter_new(void)
{
    flood();
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
