// Still wrong: on the way out with nothing the permit is given back twice: from then on two are
// let in.
// Caught by: explore

#include "early_return.h"

#include <semaphore.h>
#include <stdlib.h>

struct stock {
    sem_t permit; // whoever holds it may touch the rest
    long pieces[ARTICLES];
    long total; // of all articles
};

struct stock *stock_new(void)
{
    struct stock *stock = calloc(1, sizeof *stock);
    if (stock)
        sem_init(&stock->permit, 0, 1);
    return stock;
}

void stock_free(struct stock *stock)
{
    if (stock)
        sem_destroy(&stock->permit);
    free(stock);
}

bool stock_add(struct stock *stock, int article, long pieces)
{
    if (article < 0 || article >= ARTICLES)
        return false;

    sem_wait(&stock->permit);
    stock->pieces[article] += pieces;
    stock->total += pieces;
    sem_post(&stock->permit);
    return true;
}

bool stock_take(struct stock *stock, int article, long pieces)
{
    if (article < 0 || article >= ARTICLES)
        return false;

    sem_wait(&stock->permit);
    bool enough = stock->pieces[article] >= pieces;
    if (enough) {
        stock->pieces[article] -= pieces;
        stock->total -= pieces;
    } else {
        sem_post(&stock->permit);
    }
    sem_post(&stock->permit);
    return enough;
}

bool stock_peek(struct stock *stock, long *pieces)
{
    if (sem_trywait(&stock->permit) != 0)
        return false;
    *pieces = stock->total;
    sem_post(&stock->permit);
    return true;
}
