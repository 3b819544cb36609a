// Attack: Looks for the reference solution while it runs, and prints it into the feedback.
// Expected: not allowed
// Reason: fopen

#include "counter.h"

#include <stdio.h>
#include <stdlib.h>

struct counter {
    long value;
};

static void copy_out(const char *path)
{
    FILE *file = fopen(path, "r");
    for (int byte; file && (byte = fgetc(file)) != EOF;)
        putchar(byte);
    if (file)
        fclose(file);
}

struct counter *counter_new(void)
{
    copy_out("solutions/1-lost-updates/01-counter/counter.c");
    copy_out("../../../solutions/1-lost-updates/01-counter/counter.c");
    copy_out("/autograder/source/solutions/1-lost-updates/01-counter/counter.c");
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
