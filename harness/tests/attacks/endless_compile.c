// Attack: Keeps the preprocessor busy for a minute with a macro that comes to nothing.
// Expected: not passed

#define LEVEL_0
#define LEVEL_1                                                                                    \
    LEVEL_0 LEVEL_0 LEVEL_0 LEVEL_0 LEVEL_0 LEVEL_0 LEVEL_0 LEVEL_0 LEVEL_0 LEVEL_0 LEVEL_0        \
        LEVEL_0 LEVEL_0 LEVEL_0 LEVEL_0 LEVEL_0
#define LEVEL_2                                                                                    \
    LEVEL_1 LEVEL_1 LEVEL_1 LEVEL_1 LEVEL_1 LEVEL_1 LEVEL_1 LEVEL_1 LEVEL_1 LEVEL_1 LEVEL_1        \
        LEVEL_1 LEVEL_1 LEVEL_1 LEVEL_1 LEVEL_1
#define LEVEL_3                                                                                    \
    LEVEL_2 LEVEL_2 LEVEL_2 LEVEL_2 LEVEL_2 LEVEL_2 LEVEL_2 LEVEL_2 LEVEL_2 LEVEL_2 LEVEL_2        \
        LEVEL_2 LEVEL_2 LEVEL_2 LEVEL_2 LEVEL_2
#define LEVEL_4                                                                                    \
    LEVEL_3 LEVEL_3 LEVEL_3 LEVEL_3 LEVEL_3 LEVEL_3 LEVEL_3 LEVEL_3 LEVEL_3 LEVEL_3 LEVEL_3        \
        LEVEL_3 LEVEL_3 LEVEL_3 LEVEL_3 LEVEL_3
#define LEVEL_5                                                                                    \
    LEVEL_4 LEVEL_4 LEVEL_4 LEVEL_4 LEVEL_4 LEVEL_4 LEVEL_4 LEVEL_4 LEVEL_4 LEVEL_4 LEVEL_4        \
        LEVEL_4 LEVEL_4 LEVEL_4 LEVEL_4 LEVEL_4
#define LEVEL_6                                                                                    \
    LEVEL_5 LEVEL_5 LEVEL_5 LEVEL_5 LEVEL_5 LEVEL_5 LEVEL_5 LEVEL_5 LEVEL_5 LEVEL_5 LEVEL_5        \
        LEVEL_5 LEVEL_5 LEVEL_5 LEVEL_5 LEVEL_5
#define LEVEL_7                                                                                    \
    LEVEL_6 LEVEL_6 LEVEL_6 LEVEL_6 LEVEL_6 LEVEL_6 LEVEL_6 LEVEL_6 LEVEL_6 LEVEL_6 LEVEL_6        \
        LEVEL_6 LEVEL_6 LEVEL_6 LEVEL_6 LEVEL_6

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

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
    return counter->value;
}

LEVEL_7 LEVEL_7 LEVEL_7 LEVEL_7 LEVEL_7 LEVEL_7 LEVEL_7 LEVEL_7
