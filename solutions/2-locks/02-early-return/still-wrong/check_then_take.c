// Still wrong: looked at under the lock and taken under the lock, but not under the same lock:
// somebody may be quicker.
// Caught by: explore

#include "early_return.h"

#include <pthread.h>
#include <stdlib.h>

struct stock {
    pthread_mutex_t lock; // guards the rest
    long pieces[ARTICLES];
    long total; // of all articles
};

struct stock *stock_new(void)
{
    struct stock *stock = calloc(1, sizeof *stock);
    if (stock)
        pthread_mutex_init(&stock->lock, NULL);
    return stock;
}

void stock_free(struct stock *stock)
{
    if (stock)
        pthread_mutex_destroy(&stock->lock);
    free(stock);
}

bool stock_add(struct stock *stock, int article, long pieces)
{
    if (article < 0 || article >= ARTICLES)
        return false;

    pthread_mutex_lock(&stock->lock);
    stock->pieces[article] += pieces;
    stock->total += pieces;
    pthread_mutex_unlock(&stock->lock);
    return true;
}

// How many there are of an article.
static long pieces_of(struct stock *stock, int article)
{
    pthread_mutex_lock(&stock->lock);
    long pieces = stock->pieces[article];
    pthread_mutex_unlock(&stock->lock);
    return pieces;
}

bool stock_take(struct stock *stock, int article, long pieces)
{
    if (article < 0 || article >= ARTICLES || pieces_of(stock, article) < pieces)
        return false;

    pthread_mutex_lock(&stock->lock);
    stock->pieces[article] -= pieces;
    stock->total -= pieces;
    pthread_mutex_unlock(&stock->lock);
    return true;
}

bool stock_peek(struct stock *stock, long *pieces)
{
    if (pthread_mutex_trylock(&stock->lock) != 0)
        return false;
    *pieces = stock->total;
    pthread_mutex_unlock(&stock->lock);
    return true;
}
