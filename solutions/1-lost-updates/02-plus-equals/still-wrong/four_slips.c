// Still wrong: a slip for each of four operators, who needs no lock for it; the fifth one shares.
// Caught by: explore

#include "plus_equals.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { OPERATORS = 4 };

struct tally {
    atomic_long slips[OPERATORS];
};

struct tally *tally_new(void)
{
    struct tally *tally = malloc(sizeof *tally);
    for (int i = 0; tally && i < OPERATORS; i++)
        atomic_init(&tally->slips[i], 0);
    return tally;
}

void tally_free(struct tally *tally)
{
    free(tally);
}

static atomic_long *own_slip(struct tally *tally)
{
    static atomic_int operators;
    static _Thread_local int number; // of this operator, counted from 1; 0: not yet known
    if (number == 0)
        number = atomic_fetch_add(&operators, 1) % OPERATORS + 1;
    return &tally->slips[number - 1];
}

void tally_add(struct tally *tally, long amount)
{
    atomic_long *slip = own_slip(tally);
    atomic_store(slip, atomic_load(slip) + amount); // nobody else stores there
}

long tally_total(struct tally *tally)
{
    long total = 0;
    for (int i = 0; i < OPERATORS; i++)
        total += atomic_load(&tally->slips[i]);
    return total;
}
