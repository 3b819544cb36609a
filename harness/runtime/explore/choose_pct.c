// Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte: "A Randomized
// Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010) for bugs of depth 3:
// random priorities, and two random steps at which whoever runs falls below all others.
//
// A thread that yields, or has run long without a break, falls too: else it would starve those that
// it waits for.

#include "choose.h"

enum { DEPTH = 3, CHANGES = DEPTH - 1 };

struct pct {
    int64_t priorities[THREADS_MAX]; // the highest runs; 0: a thread not seen before
    uint32_t changes[CHANGES];       // the steps at which priorities change
    int64_t lowest;                  // given last to a thread that yielded
};

static struct pct *state_of(struct choosing *choosing)
{
    return (struct pct *)(void *)choosing->state;
}

static void begin_pct(struct choosing *choosing)
{
    struct pct *pct = state_of(choosing);
    uint32_t length = choosing->schedule->length;
    for (unsigned i = 0; i < CHANGES; i++)
        pct->changes[i] = 1 + choose_below(choosing, length > 1 ? length : 1);
}

// Where the current thread's priority falls, if it does.
static void lower_current(struct choosing *choosing)
{
    struct pct *pct = state_of(choosing);
    int64_t *priority = &pct->priorities[choosing->current];
    for (unsigned i = 0; i < CHANGES; i++)
        if (pct->changes[i] == choosing->step)
            *priority = (int64_t)i + 1; // below every first one
    if (choose_gives_way(choosing))
        *priority = --pct->lowest;
}

static int choose_pct(struct choosing *choosing)
{
    if (choose_past_measure(choosing))
        return (int)choose_from(choosing, choosing->enabled);
    struct pct *pct = state_of(choosing);
    int best = -1;
    for (unsigned id = 0; id < choosing->threads; id++)
        if (pct->priorities[id] == 0 && (choosing->live & choose_bit(id)) != 0)
            pct->priorities[id] = CHANGES + 1 + (int64_t)(random_next(&choosing->random) >> 8);
    if (choosing->current_enabled)
        lower_current(choosing);
    for (unsigned id = 0; id < choosing->threads; id++)
        if ((choosing->enabled & choose_bit(id)) != 0 &&
            (best < 0 || pct->priorities[id] > pct->priorities[best]))
            best = (int)id;
    return best;
}

_Static_assert(sizeof(struct pct) <= CHOOSER_STATE, "the state does not fit");

const struct chooser chooser_pct = {"pct", sizeof(struct pct), begin_pct, choose_pct, NULL};
