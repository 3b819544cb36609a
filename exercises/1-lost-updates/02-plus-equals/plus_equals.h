// A tally of money that any number of threads may add to.
#pragma once

struct tally;

// A tally at zero, or NULL without memory. The caller frees it.
struct tally *tally_new(void);
void tally_free(struct tally *tally);

// Adds `amount`.
void tally_add(struct tally *tally, long amount);

// The sum of all amounts added. Any thread may ask at any time.
long tally_total(struct tally *tally);
