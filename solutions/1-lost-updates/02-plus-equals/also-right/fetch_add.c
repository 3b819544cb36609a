// Also right: the same step spelled out; relaxed is enough, for only the sum matters.

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
    atomic_fetch_add_explicit(&tally->total, amount, memory_order_relaxed);
}

long tally_total(struct tally *tally)
{
    return atomic_load_explicit(&tally->total, memory_order_relaxed);
}
