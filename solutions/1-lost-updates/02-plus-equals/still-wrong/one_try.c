// Still wrong: when another thread came between, the exchange fails, and the amount is dropped.
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
    long seen = atomic_load(&tally->total);
    atomic_compare_exchange_strong(&tally->total, &seen, seen + amount);
}

long tally_total(struct tally *tally)
{
    return atomic_load(&tally->total);
}
