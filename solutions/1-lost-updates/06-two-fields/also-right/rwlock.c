// Also right: any number of robots may look at once; a feed has the quote to itself.

#include "two_fields.h"

#include <pthread.h>
#include <stdlib.h>

struct quote {
    pthread_rwlock_t lock; // guards both
    int bid;
    int ask;
};

struct quote *quote_new(void)
{
    struct quote *quote = malloc(sizeof *quote);
    if (quote) {
        pthread_rwlock_init(&quote->lock, NULL);
        quote->bid = 0;
        quote->ask = 0;
    }
    return quote;
}

void quote_free(struct quote *quote)
{
    if (quote)
        pthread_rwlock_destroy(&quote->lock);
    free(quote);
}

void quote_set(struct quote *quote, int bid, int ask)
{
    pthread_rwlock_wrlock(&quote->lock);
    quote->bid = bid;
    quote->ask = ask;
    pthread_rwlock_unlock(&quote->lock);
}

void quote_get(struct quote *quote, int *bid, int *ask)
{
    pthread_rwlock_rdlock(&quote->lock);
    *bid = quote->bid;
    *ask = quote->ask;
    pthread_rwlock_unlock(&quote->lock);
}
