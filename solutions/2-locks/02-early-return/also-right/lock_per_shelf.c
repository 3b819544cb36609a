// Also right: a lock for each shelf; the monitor, who looks at all of them, gives up at the first
// one that is taken.

#include "early_return.h"

#include <pthread.h>
#include <stdlib.h>

struct shelf {
    pthread_mutex_t lock; // guards pieces
    long pieces;
};

struct stock {
    struct shelf shelves[ARTICLES];
};

struct stock *stock_new(void)
{
    struct stock *stock = calloc(1, sizeof *stock);
    for (int i = 0; stock && i < ARTICLES; i++)
        pthread_mutex_init(&stock->shelves[i].lock, NULL);
    return stock;
}

void stock_free(struct stock *stock)
{
    for (int i = 0; stock && i < ARTICLES; i++)
        pthread_mutex_destroy(&stock->shelves[i].lock);
    free(stock);
}

bool stock_add(struct stock *stock, int article, long pieces)
{
    if (article < 0 || article >= ARTICLES)
        return false;

    struct shelf *shelf = &stock->shelves[article];
    pthread_mutex_lock(&shelf->lock);
    shelf->pieces += pieces;
    pthread_mutex_unlock(&shelf->lock);
    return true;
}

bool stock_take(struct stock *stock, int article, long pieces)
{
    if (article < 0 || article >= ARTICLES)
        return false;

    struct shelf *shelf = &stock->shelves[article];
    pthread_mutex_lock(&shelf->lock);
    bool enough = shelf->pieces >= pieces;
    if (enough)
        shelf->pieces -= pieces;
    pthread_mutex_unlock(&shelf->lock);
    return enough;
}

bool stock_peek(struct stock *stock, long *pieces)
{
    int locked = 0;
    long total = 0;
    while (locked < ARTICLES && pthread_mutex_trylock(&stock->shelves[locked].lock) == 0)
        total += stock->shelves[locked++].pieces;
    bool quiet = locked == ARTICLES;
    if (quiet)
        *pieces = total;
    while (locked > 0)
        pthread_mutex_unlock(&stock->shelves[--locked].lock);
    return quiet;
}
