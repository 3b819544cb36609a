// The stock of a small shop, by article number.
#pragma once

#include <stdbool.h>

enum { ARTICLES = 8 };

struct stock;

// Empty shelves, or NULL without memory. The caller frees them when nobody uses them any more.
struct stock *stock_new(void);
void stock_free(struct stock *stock);

// Puts `pieces` of an article on its shelf. False, and nothing is done, if there is no such
// article.
bool stock_add(struct stock *stock, int article, long pieces);

// Takes them off again. False, and nothing is taken, if there is no such article or too few of it.
bool stock_take(struct stock *stock, int article, long pieces);

// For the monitor, which must never be kept waiting: stores in *pieces how many there are of all
// articles together. False, at once, if some other call is at work just now.
bool stock_peek(struct stock *stock, long *pieces);
