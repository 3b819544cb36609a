// The current price of a share: what buyers offer (bid) and what sellers want (ask), in cents. Any
// number of threads may set and get it at once.
#pragma once

struct quote;

// A quote of 0 and 0, or NULL without memory. The caller frees it.
struct quote *quote_new(void);
void quote_free(struct quote *quote);

// Replaces both prices.
void quote_set(struct quote *quote, int bid, int ask);

// Gives two prices that were set together.
void quote_get(struct quote *quote, int *bid, int *ask);
