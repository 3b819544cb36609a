// The choosers: ways to decide which thread goes on at a point. Each is one file, choose_NAME.c;
// the table `choosers` names those that search by chance. A chooser keeps what it knows of a run in
// choosing->state, and draws from choosing->random alone: the same seed makes the same run.
#pragma once

#include "engine.h"
#include "learned.h"

extern const struct chooser chooser_turn; // goes on with a thread while it can, then with the next
extern const struct chooser chooser_walk; // anybody, with equal chance
extern const struct chooser chooser_pct;  // by priorities that change at two random steps
extern const struct chooser chooser_pos;  // by priorities drawn anew after each conflict
extern const struct chooser chooser_surw; // uniform over the interleavings at one object
extern const struct chooser chooser_reduction; // what dpor.h prescribes

// Those that search by chance, in the order in which a search takes turns; ended by NULL.
extern const struct chooser *const choosers[];

// The chooser of that name, also those outside of the table, or NULL.
const struct chooser *chooser_named(const char *name);

// ---- For choosers ----

// A number below `bound` > 0, each as likely as the others.
uint32_t choose_below(struct choosing *choosing, uint32_t bound);

// One thread of the mask `threads`, not 0, each as likely as the others.
unsigned choose_from(struct choosing *choosing, uint64_t threads);

// Whether the run has become so long that a chooser which may be unfair must not go on: nothing but
// chance ends a loop that waits for another thread.
bool choose_past_measure(const struct choosing *choosing);

// Whether the current thread gives way: it yields, or has gone on alone for long.
bool choose_gives_way(const struct choosing *choosing);

static inline uint64_t choose_bit(unsigned thread)
{
    return UINT64_C(1) << thread;
}
