// Every schedule that matters, by reduction (exhaust.h).

#include "exhaust.h"

#include <stdio.h>

#include "choose.h"
#include "dependence.h"
#include "dpor.h"

const char *outcome_reservation(const struct outcome *outcome, uint32_t first)
{
    if (outcome->timeouts > 0)
        return "a time-out ran out: when it does is not explored";
    if (outcome->released > 0)
        return "a thread looked again and again at what did not change";
    if (outcome->many_awaited > 0)
        return "a thread waited for several things at once: which came first is not explored";
    if (outcome->unfair > 0)
        return "a thread that gave way was made to let others go first";
    if (outcome->descriptors > 0)
        return "files or sockets were used: when they are ready is the system's business";
    if (outcome->ending == ENDED_WELL && outcome->live_at_end > 0)
        return "main ended while other threads lived: what they might have done is not explored";
    if (outcome->ending == ENDED_STEPS || outcome->step_count == STEPS_MOST)
        return "a run was too long";
    const char *reservation = NULL;
    for (uint32_t i = first; i < outcome->step_count && reservation == NULL; i++)
        reservation = operation_reservation(&outcome->steps[i].done);
    return reservation;
}

// What one exploration needs at hand.
struct exploration {
    const struct search *search;
    struct exhaustion *exhaustion;
    struct dpor *dpor;
    struct operation waiting[THREADS_MAX];
};

static struct outcome *run_next(struct exploration *exploration)
{
    const struct search *search = exploration->search;
    struct schedule schedule = {.scene = search->scene,
                                .inside = true,
                                .seed = search->seed,
                                .chooser = &chooser_reduction,
                                .unfair = true,
                                .steps_most = search->steps_most,
                                .effort_most = search->effort_most,
                                .learned = dpor_plan(exploration->dpor)};
    schedule.prefix = dpor_prefix(exploration->dpor, &schedule.prefix_length);
    return search->runner->run(&schedule);
}

static void take_outcome(struct exploration *exploration, const struct outcome *outcome)
{
    struct trace trace = {.steps = outcome->steps,
                          .count = outcome->step_count,
                          .waiting = exploration->waiting,
                          .pruned = outcome->ending == ENDED_PRUNED};
    for (uint32_t i = 0; i < outcome->state_count; i++) {
        const struct thread_state *state = &outcome->states[i];
        if (state->state == STATE_WAITS) {
            trace.blocked |= UINT64_C(1) << state->id;
            exploration->waiting[state->id] = state->next;
        }
    }
    dpor_take(exploration->dpor, &trace);
}

static void set_reason(struct exhaustion *exhaustion, const char *reason)
{
    if (exhaustion->reason[0] == '\0')
        snprintf(exhaustion->reason, sizeof exhaustion->reason, "%s", reason);
}

// The reduction compares each step with each: long runs cost more than their steps.
static uint64_t cost_of(uint64_t steps)
{
    return steps + steps * steps / 1024;
}

// Its first steps, `kept` of them, are those of the run before.
static void note_outcome(struct exhaustion *exhaustion, const struct outcome *outcome,
                         uint32_t kept)
{
    struct signature shown;
    const char *reservation = outcome_reservation(outcome, kept);
    if (reservation != NULL)
        set_reason(exhaustion, reservation);
    if (outcome->threads > exhaustion->threads)
        exhaustion->threads = outcome->threads;
    if (outcome->step_count > exhaustion->longest)
        exhaustion->longest = outcome->step_count;
    if (exhaustion->runs == 1)
        exhaustion->first = outcome->step_count;
    exhaustion->steps += outcome->step_count;
    exhaustion->effort += outcome->effort;
    if (outcome->effort > exhaustion->dearest)
        exhaustion->dearest = outcome->effort;
    exhaustion->unended += outcome->ending == ENDED_STEPS;
    exhaustion->left += outcome->ending == ENDED_WELL && !outcome->main_returned;
    exhaustion->cost += cost_of(outcome->step_count);
    exhaustion->found = outcome_fault(outcome, 0, &shown);
    if (exhaustion->found)
        script_from(&exhaustion->script, outcome);
}

static double larger(double one, double other)
{
    return one > other ? one : other;
}

// The share of what the search may cost that the runs so far have cost.
static double share_spent(const struct search *search, const struct exhaustion *exhaustion)
{
    double runs = (double)exhaustion->runs / (double)search->runs;
    double steps = (double)exhaustion->cost / (double)search->steps;
    double effort = (double)exhaustion->effort / (double)search->effort;
    return larger(runs, larger(steps, effort));
}

// Whether all that may be spent would prove nothing: as it would take more than four times as much,
// by what is known after a sixty-fourth of it; or as a loop goes round once more in each run,
// without end, after an eighth; or after half, as something has been seen that keeps it from being
// a proof. (Of the thousands of searches of the course's programs that come to their end none ever
// seems to take twice what there is.) What such a search would go on with is what the last steps of
// its runs can do to each other: schedules by chance, which follow, differ more.
static bool leads_nowhere(const struct exhaustion *exhaustion, const struct dpor *dpor,
                          double spent)
{
    enum { EARLY_PART = 64, LATE_PART = 8, HALF = 2, TIMES_TOO_LONG = 8, TIMES_TOO_MUCH = 4 };
    if (spent * EARLY_PART < 1)
        return false;
    bool too_long = exhaustion->longest / TIMES_TOO_LONG > exhaustion->first;
    bool no_proof = exhaustion->reason[0] != '\0';
    return dpor_share(dpor) * TIMES_TOO_MUCH < spent || (spent * LATE_PART >= 1 && too_long) ||
           (spent * HALF >= 1 && no_proof);
}

// Looked at now and then.
static bool is_hopeless(const struct search *search, const struct exhaustion *exhaustion,
                        const struct dpor *dpor)
{
    enum { LOOK_EVERY = 32 };
    return !search->alone && exhaustion->runs % LOOK_EVERY == 0 &&
           leads_nowhere(exhaustion, dpor, share_spent(search, exhaustion));
}

static bool may_go_on(const struct search *search, const struct exhaustion *exhaustion)
{
    return !exhaustion->found && exhaustion->runs < search->runs &&
           exhaustion->cost < search->steps && exhaustion->effort < search->effort;
}

static void explore(void *argument)
{
    struct exploration *exploration = argument;
    const struct search *search = exploration->search;
    struct exhaustion *exhaustion = exploration->exhaustion;
    bool more = true;
    exploration->dpor = dpor_new(search->runner->map);
    while (more && may_go_on(search, exhaustion) &&
           !is_hopeless(search, exhaustion, exploration->dpor)) {
        exhaustion->runs++; // first: it counts even if the program ends the process
        const struct outcome *outcome = run_next(exploration);
        note_outcome(exhaustion, outcome, dpor_plan(exploration->dpor)->kept);
        if (outcome->ending == ENDED_UNSUPPORTED)
            break;
        take_outcome(exploration, outcome);
        more = dpor_next(exploration->dpor);
    }
    struct dpor_counts counts = dpor_counts(exploration->dpor);
    if (counts.strayed > 0 || counts.overflowed)
        set_reason(exhaustion, "a schedule could not be run again as it had been");
    if (more && !exhaustion->found)
        set_reason(exhaustion, "there are more schedules than the search may run");
    exhaustion->exhausted = !more && !exhaustion->found && exhaustion->reason[0] == '\0';
}

void exhaust(const struct search *search, struct exhaustion *exhaustion)
{
    struct exploration *exploration = search->runner->map(sizeof *exploration);
    exploration->search = search;
    exploration->exhaustion = exhaustion;
    exhaustion->came_back = search->runner->apart(explore, exploration);
    if (exhaustion->came_back)
        return;
    exhaustion->exhausted = false;
    set_reason(exhaustion, "the program ended the process in which it was explored");
}
