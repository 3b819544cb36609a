// Attack: Draws warnings with a long text, over and over, until the messages fill memory.
// Expected: not passed

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

#define TIMES_8(x) x x x x x x x x
#define TEXT_1     TIMES_8("0123456789abcdef")
#define TEXT_2     TIMES_8(TEXT_1)
#define CALLS_1    TIMES_8(warn();)
#define CALLS_2    TIMES_8(CALLS_1)
#define CALLS_3    TIMES_8(CALLS_2)
#define CALLS_4    TIMES_8(CALLS_3)

__attribute__((deprecated(TEXT_2))) static void warn(void)
{
}

struct counter *counter_new(void)
{
    CALLS_4
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
