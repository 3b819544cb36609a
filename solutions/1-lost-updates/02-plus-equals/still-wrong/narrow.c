// Still wrong: exact as long as the total fits into an int.
// Caught by: explore

#include "plus_equals.h"

#include <stdatomic.h>
#include <stdlib.h>

struct tally {
    atomic_int total;
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
    atomic_fetch_add(&tally->total, (int)amount);
}

long tally_total(struct tally *tally)
{
    return atomic_load(&tally->total);
}
