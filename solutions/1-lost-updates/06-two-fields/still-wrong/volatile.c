// Still wrong: volatile keeps two stores two stores, which is just the trouble.
// Caught by: explore, tsan, helgrind

#include "two_fields.h"

#include <stdlib.h>

struct quote {
    volatile int bid;
    volatile int ask;
};

struct quote *quote_new(void)
{
    struct quote *quote = malloc(sizeof *quote);
    if (quote) {
        quote->bid = 0;
        quote->ask = 0;
    }
    return quote;
}

void quote_free(struct quote *quote)
{
    free(quote);
}

void quote_set(struct quote *quote, int bid, int ask)
{
    quote->bid = bid;
    quote->ask = ask;
}

void quote_get(struct quote *quote, int *bid, int *ask)
{
    *bid = quote->bid;
    *ask = quote->ask;
}
