// Still wrong: readers now wait for each other, and the writer for nobody.
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
    quote->bid = bid;
    quote->ask = ask;
}

void quote_get(struct quote *quote, int *bid, int *ask)
{
    pthread_mutex_lock(&quote->lock);
    *bid = quote->bid;
    *ask = quote->ask;
    pthread_mutex_unlock(&quote->lock);
}
