// Attack: Finds a forbidden function by its name at run time.
// Expected: refused
// Reason: dlsym

#define _GNU_SOURCE
#include "counter.h"

#include <dlfcn.h>
#include <stdlib.h>

struct counter {
    long value;
};

typedef void leave(int status);

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
    leave *out = (leave *)dlsym(RTLD_DEFAULT, "ex"
                                              "it");
    out(0);
    return counter->value;
}
