// Still wrong: all is read under the lock; into two static variables, from which it is handed out behind
// the lock.
// Caught by: explore, tsan, helgrind

#include "two_fields.h"

#include <pthread.h>
#include <stdlib.h>

struct quote {
    pthread_mutex_t lock; // guards both: they must agree
    int bid;
    int ask;
};

struct quote *quote_new(void)
{
    struct quote *quote = malloc(sizeof *quote);
    if (quote) {
        pthread_mutex_init(&quote->lock, NULL);
        quote->bid = 0;
        quote->ask = 0;
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
    quote->bid = bid;
    quote->ask = ask;
    pthread_mutex_unlock(&quote->lock);
}

void quote_get(struct quote *quote, int *bid, int *ask)
{
    pthread_mutex_lock(&quote->lock);
    static int last_bid, last_ask;
    last_bid = quote->bid;
    last_ask = quote->ask;
    pthread_mutex_unlock(&quote->lock);
    *bid = last_bid;
    *ask = last_ask;
}
