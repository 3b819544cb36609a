// A market stall with three kinds of fruit. Any number of threads may deliver and buy.
#pragma once

enum fruit { APPLE, PEAR, PLUM, FRUITS };

struct stall;

// An empty stall, or NULL without memory. The caller frees it when nobody is at it any more.
struct stall *stall_new(void);
void stall_free(struct stall *stall);

// Brings one piece of that kind. One customer who waits for it, if there is any, gets it.
void stall_deliver(struct stall *stall, enum fruit kind);

// Takes one piece of that kind; waits while there is none.
void stall_buy(struct stall *stall, enum fruit kind);

// How many pieces of that kind are there.
int stall_count(struct stall *stall, enum fruit kind);
