// As the reduction prescribes (dpor.h): first its prefix, then anybody who does not sleep. A
// sleeping thread wakes when an operation is made that conflicts with its own.

#include "choose.h"
#include "dependence.h"
#include "dpor.h"

struct reduction {
    uint16_t pick; // prescribed for the step just chosen
    struct sleepers sleepers;
};

// As long as nobody sleeps, the operations are nobody's.
enum { ZEROED = offsetof(struct reduction, sleepers.operations) };

static struct reduction *state_of(struct choosing *choosing)
{
    return (struct reduction *)(void *)choosing->state;
}

static void wake_sleepers(struct sleepers *sleepers, const struct operation *done)
{
    for (uint64_t left = sleepers->threads; left != 0; left &= left - 1) {
        unsigned id = (unsigned)__builtin_ctzll(left);
        if (operations_conflict(&sleepers->operations[id], done))
            sleepers->threads &= ~choose_bit(id);
    }
}

// Beyond the prefix: the current thread if it may, then the next one by number.
static int choose_awake(const struct choosing *choosing, uint64_t awake)
{
    unsigned current = choosing->current;
    if (awake == 0)
        return CHOOSE_NOBODY;
    if ((awake & choose_bit(current)) != 0 && !choose_gives_way(choosing))
        return (int)current;
    uint64_t later = awake & ~(choose_bit(current) | (choose_bit(current) - 1));
    return __builtin_ctzll(later != 0 ? later : awake);
}

static int choose_reduction(struct choosing *choosing)
{
    struct reduction *reduction = state_of(choosing);
    const struct schedule *schedule = choosing->schedule;
    const struct dpor_plan *plan = schedule->learned;
    uint32_t step = choosing->step;
    if (step == plan->kept)
        sleepers_copy(&reduction->sleepers, &plan->sleepers);
    else if (step > plan->kept)
        wake_sleepers(&reduction->sleepers, &choosing->last->done);
    choosing->asleep = reduction->sleepers.threads;
    reduction->pick = 0;
    if (step >= schedule->prefix_length)
        return choose_awake(choosing, choosing->enabled & ~reduction->sleepers.threads);
    const struct prescribed *prescribed = &schedule->prefix[step];
    reduction->pick = prescribed->choice;
    bool enabled = (choosing->enabled & choose_bit(prescribed->thread)) != 0;
    return enabled ? prescribed->thread : CHOOSE_NOBODY; // this is seen by dpor_take
}

static unsigned pick_reduction(struct choosing *choosing, unsigned count)
{
    (void)count;
    return state_of(choosing)->pick;
}

_Static_assert(sizeof(struct reduction) <= CHOOSER_STATE, "the state does not fit");

const struct chooser chooser_reduction = {"reduction", ZEROED, NULL, choose_reduction,
                                          pick_reduction};
