// Partial order sampling (Yuan, Yang, Gu: "Partial Order Aware Concurrency Sampling", CAV 2018):
// each pending operation has a random priority and the highest runs; then those that conflict with
// it draw anew, so that each of the orders in which conflicting operations can come has a fair
// chance.

#include "choose.h"
#include "dependence.h"

struct pos {
    uint64_t priorities[THREADS_MAX]; // of the pending operation; 0: to be drawn
};

static int choose_pos(struct choosing *choosing)
{
    if (choose_past_measure(choosing))
        return (int)choose_from(choosing, choosing->enabled);
    struct pos *pos = (struct pos *)(void *)choosing->state;
    int best = -1;
    for (unsigned id = 0; id < choosing->threads; id++) {
        if ((choosing->enabled & choose_bit(id)) == 0)
            continue;
        if (pos->priorities[id] == 0)
            pos->priorities[id] = random_next(&choosing->random) | 1;
        if (best < 0 || pos->priorities[id] > pos->priorities[best])
            best = (int)id;
    }
    for (unsigned id = 0; id < choosing->threads; id++)
        if ((choosing->live & choose_bit(id)) != 0 &&
            (id == (unsigned)best || operations_conflict(choosing->next[id], choosing->next[best])))
            pos->priorities[id] = 0;
    return best;
}

_Static_assert(sizeof(struct pos) <= CHOOSER_STATE, "the state does not fit");

const struct chooser chooser_pos = {"pos", sizeof(struct pos), NULL, choose_pos, NULL};
