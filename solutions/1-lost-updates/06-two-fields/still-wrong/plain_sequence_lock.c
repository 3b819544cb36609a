// Still wrong: the version is atomic, but the prices are plain and read while they are written.
// Caught by: explore, tsan, helgrind

#include "two_fields.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct quote {
    atomic_uint version; // odd: somebody is writing
    int bid;
    int ask;
};

struct quote *quote_new(void)
{
    struct quote *quote = malloc(sizeof *quote);
    if (quote) {
        atomic_init(&quote->version, 0);
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
    unsigned even = atomic_load(&quote->version) & ~1u;
    while (!atomic_compare_exchange_weak(&quote->version, &even, even + 1)) {
        even &= ~1u; // another feed is at it
        sched_yield();
    }
    quote->bid = bid;
    quote->ask = ask;
    atomic_store(&quote->version, even + 2);
}

void quote_get(struct quote *quote, int *bid, int *ask)
{
    unsigned before, after;
    do {
        before = atomic_load(&quote->version);
        *bid = quote->bid;
        *ask = quote->ask;
        after = atomic_load(&quote->version);
    } while (before % 2 == 1 || before != after);
}
