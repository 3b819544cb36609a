// Still wrong: takes first, and puts back if it was too much; meanwhile somebody who asks for less
// than there is gets nothing.
// Caught by: explore

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
    if (atomic_fetch_sub(&stock->pieces[article], pieces) >= pieces)
        return true;
    atomic_fetch_add(&stock->pieces[article], pieces);
    return false;
}

bool stock_peek(struct stock *stock, long *pieces)
{
    *pieces = 0;
    for (int i = 0; i < ARTICLES; i++)
        *pieces += stock->pieces[i];
    return true;
}
