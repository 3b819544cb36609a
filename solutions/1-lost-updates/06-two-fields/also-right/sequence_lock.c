// Also right: a version that is odd while the prices change; readers start over if it changed.

#include "two_fields.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct quote {
    atomic_uint version; // odd: somebody is writing
    atomic_int bid;
    atomic_int ask;
};

struct quote *quote_new(void)
{
    struct quote *quote = malloc(sizeof *quote);
    if (quote) {
        atomic_init(&quote->version, 0);
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
    unsigned even = atomic_load(&quote->version) & ~1u;
    while (!atomic_compare_exchange_weak(&quote->version, &even, even + 1)) {
        even &= ~1u; // another feed is at it
        sched_yield();
    }
    atomic_store(&quote->bid, bid);
    atomic_store(&quote->ask, ask);
    atomic_store(&quote->version, even + 2);
}

void quote_get(struct quote *quote, int *bid, int *ask)
{
    unsigned before, after;
    do {
        before = atomic_load(&quote->version);
        *bid = atomic_load(&quote->bid);
        *ask = atomic_load(&quote->ask);
        after = atomic_load(&quote->version);
    } while (before % 2 == 1 || before != after);
}
