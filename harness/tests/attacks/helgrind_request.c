// Attack: Asks Helgrind, by a request of its own header, not to check the counter.
// Expected: not passed
//
// Where the header is not installed it does not build, which is no pass either.

#include "counter.h"

#include <stdlib.h>
#include <valgrind/helgrind.h>

struct counter {
    long value;
};

struct counter *counter_new(void)
{
    struct counter *counter = malloc(sizeof *counter);
    if (counter) {
        counter->value = 0;
        VALGRIND_HG_DISABLE_CHECKING(counter, sizeof *counter);
    }
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
