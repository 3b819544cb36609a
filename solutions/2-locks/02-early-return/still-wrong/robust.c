// Still wrong: a robust mutex is handed on when its owner dies; until then nobody gets in.
// Caught by: explore, tsan, helgrind, native

#include "early_return.h"

#include <errno.h>
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
    if (stock) {
        pthread_mutexattr_t robust;
        pthread_mutexattr_init(&robust);
        pthread_mutexattr_setrobust(&robust, PTHREAD_MUTEX_ROBUST);
        pthread_mutex_init(&stock->lock, &robust);
        pthread_mutexattr_destroy(&robust);
    }
    return stock;
}

// The former owner ended with the lock; what the lock guards is in order.
static void lock(struct stock *stock)
{
    if (pthread_mutex_lock(&stock->lock) == EOWNERDEAD)
        pthread_mutex_consistent(&stock->lock);
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

    lock(stock);
    stock->pieces[article] += pieces;
    stock->total += pieces;
    pthread_mutex_unlock(&stock->lock);
    return true;
}

bool stock_take(struct stock *stock, int article, long pieces)
{
    if (article < 0 || article >= ARTICLES)
        return false;

    lock(stock);
    if (stock->pieces[article] < pieces)
        return false;
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
