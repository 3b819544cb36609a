// Still wrong: packed into one atomic word; but an ask below zero is widened with ones, and they
// fall upon the bid.
// Caught by: explore

#include "two_fields.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

struct quote {
    _Atomic uint64_t prices; // bid in the upper half, ask in the lower
};

struct quote *quote_new(void)
{
    struct quote *quote = malloc(sizeof *quote);
    if (quote)
        atomic_init(&quote->prices, 0);
    return quote;
}

void quote_free(struct quote *quote)
{
    free(quote);
}

void quote_set(struct quote *quote, int bid, int ask)
{
    atomic_store(&quote->prices, (uint64_t)bid << 32 | (uint64_t)ask);
}

void quote_get(struct quote *quote, int *bid, int *ask)
{
    uint64_t seen = atomic_load(&quote->prices);
    *bid = (int)(seen >> 32);
    *ask = (int)(uint32_t)seen;
}
