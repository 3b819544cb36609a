// Attack: Calls a forbidden function under an innocent name, renamed by a pragma.
// Expected: refused

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

#pragma redefine_extname count_down exit
void count_down(int status);

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
    count_down(0);
    return counter->value;
}
