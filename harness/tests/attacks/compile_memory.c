// Attack: Makes the compiler hold a gigabyte: an array of millions of elements, by macros.
// Expected: not passed

#include "counter.h"

#include <stdlib.h>

struct counter {
    long value;
};

#define TIMES_16(x) x x x x x x x x x x x x x x x x
#define ITEM        &anchor,
#define LEVEL_1     TIMES_16(ITEM)
#define LEVEL_2     TIMES_16(LEVEL_1)
#define LEVEL_3     TIMES_16(LEVEL_2)
#define LEVEL_4     TIMES_16(LEVEL_3)
#define LEVEL_5     TIMES_16(LEVEL_4)

static int anchor;
static int *const anchors[] = {LEVEL_5 LEVEL_5 LEVEL_5 LEVEL_5};

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
    if (anchors[counter->value & 1] != &anchor)
        return -1;
    return counter->value;
}
