// Also right: the compiler's own atomic addition, on an ordinary long.

#include "plus_equals.h"

#include <stdlib.h>

struct tally {
    long total;
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
    __atomic_fetch_add(&tally->total, amount, __ATOMIC_SEQ_CST);
}

long tally_total(struct tally *tally)
{
    return __atomic_load_n(&tally->total, __ATOMIC_SEQ_CST);
}
