// Still wrong: the old quote is freed while a reader may still be reading it.
// Caught by: explore, tsan

#include "two_fields.h"

#include <stdatomic.h>
#include <stdlib.h>

struct snapshot {
    int bid;
    int ask;
};

struct quote {
    struct snapshot *_Atomic latest;
};

struct quote *quote_new(void)
{
    struct quote *quote = malloc(sizeof *quote);
    if (quote) {
        atomic_init(&quote->latest, NULL);
        quote_set(quote, 0, 0);
    }
    return quote;
}

void quote_free(struct quote *quote)
{
    if (quote)
        free(atomic_load(&quote->latest));
    free(quote);
}

void quote_set(struct quote *quote, int bid, int ask)
{
    struct snapshot *snapshot = malloc(sizeof *snapshot);
    if (!snapshot)
        abort();
    *snapshot = (struct snapshot){bid, ask};
    free(atomic_exchange(&quote->latest, snapshot));
}

void quote_get(struct quote *quote, int *bid, int *ask)
{
    const struct snapshot *snapshot = atomic_load(&quote->latest);
    *bid = snapshot->bid;
    *ask = snapshot->ask;
}
