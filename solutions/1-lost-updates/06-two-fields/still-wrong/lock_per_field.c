// Still wrong: two locks for two fields guard the fields, but not their agreement.
// Caught by: explore

#include "two_fields.h"

#include <pthread.h>
#include <stdlib.h>

struct quote {
    pthread_mutex_t bid_lock, ask_lock;
    int bid; // guarded by bid_lock
    int ask; // guarded by ask_lock
};

struct quote *quote_new(void)
{
    struct quote *quote = malloc(sizeof *quote);
    if (quote) {
        pthread_mutex_init(&quote->bid_lock, NULL);
        pthread_mutex_init(&quote->ask_lock, NULL);
        quote->bid = 0;
        quote->ask = 0;
    }
    return quote;
}

void quote_free(struct quote *quote)
{
    if (quote) {
        pthread_mutex_destroy(&quote->bid_lock);
        pthread_mutex_destroy(&quote->ask_lock);
    }
    free(quote);
}

void quote_set(struct quote *quote, int bid, int ask)
{
    pthread_mutex_lock(&quote->bid_lock);
    quote->bid = bid;
    pthread_mutex_unlock(&quote->bid_lock);
    pthread_mutex_lock(&quote->ask_lock);
    quote->ask = ask;
    pthread_mutex_unlock(&quote->ask_lock);
}

void quote_get(struct quote *quote, int *bid, int *ask)
{
    pthread_mutex_lock(&quote->bid_lock);
    *bid = quote->bid;
    pthread_mutex_unlock(&quote->bid_lock);
    pthread_mutex_lock(&quote->ask_lock);
    *ask = quote->ask;
    pthread_mutex_unlock(&quote->ask_lock);
}
