// Still wrong: volatile keeps load, add and store in the program; it does not glue them together.
// Caught by: explore, tsan, helgrind

#include "plus_equals.h"

#include <stdlib.h>

struct tally {
    volatile long total;
};

struct tally *tally_new(void)
{
    struct tally *tally = malloc(sizeof *tally);
    if (tally)
        tally->total = 0;
    return tally;
}

void tally_free(struct tally *tally)
{
    free(tally);
}

void tally_add(struct tally *tally, long amount)
{
    tally->total += amount;
}

long tally_total(struct tally *tally)
{
    return tally->total;
}
