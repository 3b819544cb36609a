// Still wrong: bid did not change between two looks, but ask may not have been written yet.
// Caught by: explore

#include "two_fields.h"

#include <stdatomic.h>
#include <stdlib.h>

struct quote {
    atomic_int bid;
    atomic_int ask;
};

struct quote *quote_new(void)
{
    struct quote *quote = malloc(sizeof *quote);
    if (quote) {
        atomic_init(&quote->bid, 0);
        atomic_init(&quote->ask, 0);
    }
    return quote;
}

void quote_free(struct quote *quote)
{
    free(quote);
}

void quote_set(struct quote *quote, int bid, int ask)
{
    atomic_store(&quote->bid, bid);
    atomic_store(&quote->ask, ask);
}

void quote_get(struct quote *quote, int *bid, int *ask)
{
    do {
        *bid = atomic_load(&quote->bid);
        *ask = atomic_load(&quote->ask);
    } while (atomic_load(&quote->bid) != *bid); // has it changed meanwhile?
}
