// Still wrong: keeps the bid alone, since the ask has always been five cents more.
// Caught by: explore

#include "two_fields.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { SPREAD = 5 };

struct quote {
    atomic_int bid;
};

struct quote *quote_new(void)
{
    struct quote *quote = malloc(sizeof *quote);
    if (quote)
        atomic_init(&quote->bid, 0);
    return quote;
}

void quote_free(struct quote *quote)
{
    free(quote);
}

void quote_set(struct quote *quote, int bid, int ask)
{
    (void)ask;
    atomic_store(&quote->bid, bid);
}

void quote_get(struct quote *quote, int *bid, int *ask)
{
    *bid = atomic_load(&quote->bid);
    *ask = *bid + SPREAD;
}
