// Also right: each quote is a new object that never changes; only the pointer to it does.

#include "two_fields.h"

#include <stdatomic.h>
#include <stdlib.h>

struct snapshot {
    int bid;
    int ask;
    struct snapshot *older; // kept until the end: a reader may still be looking at it
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
    struct snapshot *snapshot = quote ? atomic_load(&quote->latest) : NULL;
    while (snapshot) {
        struct snapshot *older = snapshot->older;
        free(snapshot);
        snapshot = older;
    }
    free(quote);
}

void quote_set(struct quote *quote, int bid, int ask)
{
    struct snapshot *snapshot = malloc(sizeof *snapshot);
    if (!snapshot)
        abort();
    *snapshot = (struct snapshot){bid, ask, atomic_load(&quote->latest)};
    while (!atomic_compare_exchange_weak(&quote->latest, &snapshot->older, snapshot))
        ; // older now holds what another feed has published
}

void quote_get(struct quote *quote, int *bid, int *ask)
{
    const struct snapshot *snapshot = atomic_load(&quote->latest);
    *bid = snapshot->bid;
    *ask = snapshot->ask;
}
