// Also right: the mutex of C11, from <threads.h>.

#include "plus_equals.h"

#include <stdlib.h>
#include <threads.h>

struct tally {
    mtx_t lock; // guards total
    long total;
};

struct tally *tally_new(void)
{
    struct tally *tally = malloc(sizeof *tally);
    if (tally) {
        mtx_init(&tally->lock, mtx_plain);
        tally->total = 0;
    }
    return tally;
}

void tally_free(struct tally *tally)
{
    if (tally)
        mtx_destroy(&tally->lock);
    free(tally);
}

void tally_add(struct tally *tally, long amount)
{
    mtx_lock(&tally->lock);
    tally->total += amount;
    mtx_unlock(&tally->lock);
}

long tally_total(struct tally *tally)
{
    mtx_lock(&tally->lock);
    long total = tally->total;
    mtx_unlock(&tally->lock);
    return total;
}
