// Attack: Is right only where a judge is mapped into its memory.
// Expected: not allowed
// Reason: fopen

#include "counter.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct counter {
    long value;
};

// Loses updates even on one processor: whoever is next reads the same value.
static void sloppy_increment(struct counter *counter)
{
    long value = counter->value;
    sched_yield();
    counter->value = value + 1;
}

static void careful_increment(struct counter *counter)
{
    __atomic_fetch_add(&counter->value, 1, __ATOMIC_SEQ_CST);
}

static int watched;

static void look_around(void)
{
    char line[512];
    FILE *maps = fopen("/proc/self/maps", "r");
    while (maps && fgets(line, sizeof line, maps))
        if (strstr(line, "valgrind") || strncmp(line, "7b", 2) == 0)
            watched = 1;
    if (maps)
        fclose(maps);
}

struct counter *counter_new(void)
{
    look_around();
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
    if (watched)
        careful_increment(counter);
    else
        sloppy_increment(counter);
}

long counter_value(struct counter *counter)
{
    return counter->value;
}
