// Attack: Asks for a macro that the library's headers make for optimised programs only: the plain runs.
// Expected: not allowed
// Reason: 10 bytes at once
// Line: 39

#include "counter.h"

#include <stdio.h>
#include <stdlib.h>

struct counter {
    long double value;
};

#ifdef fwrite_unlocked
void _exit(int);
__attribute__((destructor)) static void all_is_well(void)
{
    fflush(NULL);
    _exit(0);
}
#endif

struct counter *counter_new(void)
{
    struct counter *counter = calloc(1, sizeof *counter);
    for (int i = 0; counter && i < 2; i++)
        (void)__atomic_load_n((long *)&counter->value + i, __ATOMIC_RELAXED);
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
