// Still wrong: cleanup unlocks what it is attached to, and here that is a copy of the lock.
// Caught by: explore, tsan, helgrind, native

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

static void unlock(pthread_mutex_t *lock)
{
    pthread_mutex_unlock(lock);
}

bool stock_take(struct stock *stock, int article, long pieces)
{
    if (article < 0 || article >= ARTICLES)
        return false;

    pthread_mutex_lock(&stock->lock);
    pthread_mutex_t held __attribute__((cleanup(unlock), unused)) = stock->lock;
    if (stock->pieces[article] < pieces)
        return false;
    stock->pieces[article] -= pieces;
    stock->total -= pieces;
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
