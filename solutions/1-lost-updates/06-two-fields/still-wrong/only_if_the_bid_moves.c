// Still wrong: locked as it should be, but a quote with the same bid is taken for no news.
// Caught by: explore

#include "two_fields.h"

#include <stdlib.h>
#include <threads.h>

struct quote {
    mtx_t lock; // guards both
    int bid;
    int ask;
};

struct quote *quote_new(void)
{
    struct quote *quote = malloc(sizeof *quote);
    if (quote) {
        mtx_init(&quote->lock, mtx_plain);
        quote->bid = 0;
        quote->ask = 0;
    }
    return quote;
}

void quote_free(struct quote *quote)
{
    if (quote)
        mtx_destroy(&quote->lock);
    free(quote);
}

void quote_set(struct quote *quote, int bid, int ask)
{
    mtx_lock(&quote->lock);
    if (quote->bid != bid) {
        quote->bid = bid;
        quote->ask = ask;
    }
    mtx_unlock(&quote->lock);
}

void quote_get(struct quote *quote, int *bid, int *ask)
{
    mtx_lock(&quote->lock);
    *bid = quote->bid;
    *ask = quote->ask;
    mtx_unlock(&quote->lock);
}
