// Attack: Walks through the folders around it for what other students handed in.
// Expected: not allowed
// Reason: ftw

#define _GNU_SOURCE
#include "counter.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct counter {
    long value;
};

enum { MOST = 2000 };

static int seen;

static int show(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status, (void)type, (void)walk;
    if (strstr(path, "counter.c"))
        printf("%s\n", path);
    return ++seen > MOST;
}

struct counter *counter_new(void)
{
    nftw("..", show, 8, FTW_PHYS);
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
