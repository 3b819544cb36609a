// Attack: Writes 200 MB into the temporary folder.
// Expected: not allowed
// Reason: fopen

#include "counter.h"

#include <stdio.h>
#include <stdlib.h>

struct counter {
    long value;
};

enum { BLOCKS = 200, BLOCK = 1 << 20 };

static void fill(void)
{
    static char block[BLOCK];
    FILE *file = fopen("/tmp/racelings-attack-fill", "w");
    for (int i = 0; file && i < BLOCKS; i++)
        if (fwrite(block, 1, BLOCK, file) < BLOCK)
            break;
    if (file) {
        fclose(file);
        remove("/tmp/racelings-attack-fill");
    }
}

struct counter *counter_new(void)
{
    fill();
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
