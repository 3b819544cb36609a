// Also right: the sum is stored only if the total is still the one it was made from.

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
    while (!atomic_compare_exchange_weak(&tally->total, &seen, seen + amount))
        ; // seen now holds the new total: add to that
}

long tally_total(struct tally *tally)
{
    return atomic_load(&tally->total);
}
