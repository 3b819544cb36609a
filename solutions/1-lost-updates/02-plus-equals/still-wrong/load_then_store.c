// Still wrong: an atomic load and an atomic store are two steps; between them others add in vain.
// Caught by: explore

#include "plus_equals.h"

#include <stdatomic.h>
#include <stdlib.h>

struct tally {
    atomic_long total;
};

struct tally *tally_new(void)
{
    struct tally *tally = malloc(sizeof *tally);
    if (tally)
        atomic_init(&tally->total, 0);
    return tally;
}

void tally_free(struct tally *tally)
{
    free(tally);
}

void tally_add(struct tally *tally, long amount)
{
    atomic_store(&tally->total, atomic_load(&tally->total) + amount);
}

long tally_total(struct tally *tally)
{
    return atomic_load(&tally->total);
}
