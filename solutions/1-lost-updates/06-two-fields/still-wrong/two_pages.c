// Still wrong: the page not shown is free for writing only until the next but one set.
// Caught by: explore, tsan, helgrind

#include "two_fields.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct page {
    int bid;
    int ask;
};

struct quote {
    pthread_mutex_t lock; // one feed at a time
    struct page pages[2];
    atomic_int shown; // which page readers look at; the other one is being written
};

struct quote *quote_new(void)
{
    struct quote *quote = malloc(sizeof *quote);
    if (quote) {
        pthread_mutex_init(&quote->lock, NULL);
        quote->pages[0] = (struct page){0, 0};
        atomic_init(&quote->shown, 0);
    }
    return quote;
}

void quote_free(struct quote *quote)
{
    if (quote)
        pthread_mutex_destroy(&quote->lock);
    free(quote);
}

void quote_set(struct quote *quote, int bid, int ask)
{
    pthread_mutex_lock(&quote->lock);
    int hidden = 1 - atomic_load(&quote->shown);
    quote->pages[hidden] = (struct page){bid, ask};
    atomic_store(&quote->shown, hidden);
    pthread_mutex_unlock(&quote->lock);
}

void quote_get(struct quote *quote, int *bid, int *ask)
{
    const struct page *page = &quote->pages[atomic_load(&quote->shown)];
    *bid = page->bid;
    *ask = page->ask;
}
