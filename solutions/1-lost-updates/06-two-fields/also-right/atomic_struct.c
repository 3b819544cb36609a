// Also right: both prices are one atomic object of eight bytes, stored and loaded in one step.

#include "two_fields.h"

#include <stdatomic.h>
#include <stdlib.h>

struct prices {
    int bid;
    int ask;
};

struct quote {
    _Atomic(struct prices) now;
};

struct quote *quote_new(void)
{
    struct quote *quote = malloc(sizeof *quote);
    if (quote)
        atomic_init(&quote->now, ((struct prices){0, 0}));
    return quote;
}

void quote_free(struct quote *quote)
{
    free(quote);
}

void quote_set(struct quote *quote, int bid, int ask)
{
    atomic_store(&quote->now, ((struct prices){bid, ask}));
}

void quote_get(struct quote *quote, int *bid, int *ask)
{
    struct prices seen = atomic_load(&quote->now);
    *bid = seen.bid;
    *ask = seen.ask;
}
