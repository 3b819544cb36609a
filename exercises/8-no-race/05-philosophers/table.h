// A round table of philosophers, seats numbered from 0. Between any two neighbours lies one chopstick;
// to eat takes both, the one on the left and the one on the right.
#pragma once

struct table;

// A table with so many seats, two at least, or NULL without memory. The caller frees it when nobody
// sits at it any more.
struct table *table_new(int seats);
void table_free(struct table *table);

// Takes both chopsticks of a seat; waits while a neighbour has one of them. Neighbours never eat at the
// same time, and what one did while he ate happens before the next one eats; those who share no chopstick
// may eat together. Who waits may keep a neighbour waiting, but nobody else. In whatever order they come,
// everybody gets to eat in the end, if only those who eat finish.
void table_take(struct table *table, int seat);

// Puts both back, by the thread that took them. Waits for nobody who eats.
void table_put(struct table *table, int seat);
