// Also right: each shelf is an atomic number that is changed only from a value that was enough; no
// lock, no way to keep it.

#include "early_return.h"

#include <stdatomic.h>
#include <stdlib.h>

struct stock {
    atomic_long pieces[ARTICLES];
};

struct stock *stock_new(void)
{
    struct stock *stock = malloc(sizeof *stock);
    for (int i = 0; stock && i < ARTICLES; i++)
        atomic_init(&stock->pieces[i], 0);
    return stock;
}

void stock_free(struct stock *stock)
{
    free(stock);
}

bool stock_add(struct stock *stock, int article, long pieces)
{
    if (article < 0 || article >= ARTICLES)
        return false;
    stock->pieces[article] += pieces;
    return true;
}

bool stock_take(struct stock *stock, int article, long pieces)
{
    if (article < 0 || article >= ARTICLES)
        return false;
    long there = stock->pieces[article];
    while (there >= pieces)
        if (atomic_compare_exchange_weak(&stock->pieces[article], &there, there - pieces))
            return true;
    return false;
}

bool stock_peek(struct stock *stock, long *pieces)
{
    *pieces = 0;
    for (int i = 0; i < ARTICLES; i++)
        *pieces += stock->pieces[i];
    return true;
}
