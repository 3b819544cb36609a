// Attack: Crashes the compiler with an expression of 200,000 operators, to be "ungradable".
// Expected: not passed

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

#define TIMES_10(x) x x x x x x x x x x
#define LEVEL_1     TIMES_10(-~)
#define LEVEL_2     TIMES_10(LEVEL_1)
#define LEVEL_3     TIMES_10(LEVEL_2)
#define LEVEL_4     TIMES_10(LEVEL_3)
#define LEVEL_5     TIMES_10(LEVEL_4)

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
    counter->value += LEVEL_5 1L;
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
