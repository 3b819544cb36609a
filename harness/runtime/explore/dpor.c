// Dynamic partial-order reduction (dpor.h): "Optimal-DPOR" of the paper named there.
//
// The run before is kept as a stack of levels, one for each step. A race is a pair of steps, of
// which the later one could have come first. For each race in a new run, a sequence that does it
// the other way round is added to the tree of the level at which the earlier step was made. To go
// on, the deepest level with anything in its tree takes the next branch, and the thread explored
// there goes to sleep.
//
// Here threads also wait. A step that waited for another to give something back races with the step
// that took it; see enum relation. The few races of which it is unclear how they could be turned
// round (a writer's lock among readers) are explored by every thread that could have gone on there.

#include "dpor_levels.h"

#include <string.h>

struct dpor *dpor_new(void *(*map)(size_t size))
{
    struct dpor *dpor = map(sizeof *dpor);
    dpor->steps = map(STEPS_MOST * sizeof *dpor->steps);
    dpor->levels = map(STEPS_MOST * sizeof *dpor->levels);
    dpor->sleepers = map(STEPS_MOST * sizeof *dpor->sleepers);
    dpor->prefix = map(STEPS_MOST * sizeof *dpor->prefix);
    dpor->elements = map((STEPS_MOST + 1) * sizeof *dpor->elements);
    branches_begin(&dpor->branches, map);
    return dpor;
}

const struct dpor_plan *dpor_plan(const struct dpor *dpor)
{
    return &dpor->plan;
}

const struct prescribed *dpor_prefix(const struct dpor *dpor, uint32_t *length)
{
    *length = dpor->prefix_length;
    return dpor->prefix;
}

struct dpor_counts dpor_counts(const struct dpor *dpor)
{
    struct dpor_counts counts = dpor->counts;
    counts.overflowed = counts.overflowed || dpor->branches.overflowed;
    return counts;
}

// ---- Races ----

static struct subject new_subject(const struct dpor *dpor, uint8_t thread, uint32_t position,
                                  const struct operation *operation)
{
    return (struct subject){thread, position, dpor->latest[thread], *operation};
}

// Whether there may be a step of another thread that makes the operation possible in any schedule:
// one about the same object.
static bool may_require(const struct operation *operation)
{
    switch (operation->op) {
    case OP_START:
    case OP_CREATE:
    case OP_JOIN:
    case OP_WAKE:
    case OP_BARRIER_PASS:
    case OP_MEET_PASS: return true;
    default: return false;
    }
}

// Sets `clock` to what happens before `subject` in any case: its thread's steps, and what made it
// possible. Whether there was any of the latter.
static bool set_required(const struct dpor *dpor, const struct subject *subject,
                         clock_of_step clock)
{
    bool any = false, requires = may_require(&subject->operation);
    uint32_t first = requires ? 0 : subject->since;
    dpor_clear(dpor, clock);
    if (subject->since > 0)
        dpor_join(dpor, clock, dpor->levels[subject->since - 1].clock);
    for (uint32_t i = subject->position; i-- > first;) {
        const struct step *step = &dpor->steps[i];
        if (step->thread == subject->thread)
            continue;
        bool related = requires && step->done.object == subject->operation.object;
        bool required = related ? dpor_relation(dpor, i, subject) == RELATION_REQUIRED
                                : dpor_ends_circle(dpor, i, subject);
        if (!required)
            continue;
        dpor_join(dpor, clock, dpor->levels[i].clock);
        any = true;
    }
    return any;
}

// The latest of the other threads' steps that are still to be looked at and not covered, plus 1; 0:
// none. `left` holds each thread's latest one that was not looked at, likewise.
static uint32_t latest_uncovered(const struct dpor *dpor, const struct subject *subject,
                                 const clock_of_step left, const clock_of_step covered)
{
    uint32_t latest = 0;
    for (uint32_t id = 0; id < dpor->threads; id++)
        if (id != subject->thread && left[id] > covered[id] && left[id] > latest)
            latest = left[id];
    return latest;
}

// Finds all races of which `subject` is the later step. Sets `clock` to what happens before it.
// Only the latest of several steps that follow each other is a race: the others show when that is
// turned round. (What is covered is never gone through: there may be thousands of steps.)
static void find_races(struct dpor *dpor, const struct subject *subject,
                       const clock_of_step required, clock_of_step clock)
{
    clock_of_step covered, left;
    uint32_t latest;
    dpor_copy(dpor, covered, required);
    dpor_copy(dpor, clock, required);
    dpor_copy(dpor, left, dpor->latest);
    while ((latest = latest_uncovered(dpor, subject, left, covered)) > 0) {
        uint32_t i = latest - 1;
        left[dpor->steps[i].thread] = dpor->levels[i].before;
        enum relation relation = dpor_relation(dpor, i, subject);
        if (relation == RELATION_NONE)
            continue;
        dpor_join(dpor, clock, dpor->levels[i].clock);
        if (relation == RELATION_RACING && dpor_reverse(dpor, i, subject))
            dpor_join(dpor, covered, dpor->levels[i].clock);
    }
}

// ---- Taking a run ----

// Other choices that the step's thread had are to be explored before it goes to sleep.
static void add_choices(struct dpor *dpor, uint32_t position)
{
    const struct step *step = &dpor->steps[position];
    struct level *level = &dpor->levels[position];
    if (level->choices_known)
        return;
    level->choices_known = true;
    for (uint16_t choice = step->choices; choice-- > 0;) {
        bool known = choice == step->choice;
        for (const struct branch *other = level->others; other != NULL; other = other->next)
            known |= other->thread == step->thread && other->choice == choice;
        struct branch *branch = known ? NULL : branch_new(&dpor->branches);
        if (branch == NULL)
            continue;
        branch->thread = step->thread;
        branch->choice = choice;
        branch->operation = operation_to_come(&step->done);
        branch->next = level->others;
        level->others = branch;
    }
}

// Who sleeps after the step at `position`.
static void pass_sleepers(const struct sleepers *before, const struct operation *done,
                          struct sleepers *after)
{
    after->threads = 0;
    for (uint64_t left = before->threads; left != 0; left &= left - 1) {
        unsigned id = (unsigned)__builtin_ctzll(left);
        if (operations_conflict(&before->operations[id], done))
            continue;
        after->threads |= UINT64_C(1) << id;
        after->operations[id] = before->operations[id];
    }
}

static void take_step(struct dpor *dpor, uint32_t position)
{
    const struct step *step = &dpor->trace->steps[position];
    struct level *level = &dpor->levels[position];
    struct subject subject = new_subject(dpor, step->thread, position, &step->done);
    clock_of_step required;
    dpor->steps[position] = *step;
    if (position >= dpor->prefix_length) {
        level->others = NULL;
        level->explored = 0;
        level->choices_known = false;
    }
    level->strayed = false;
    if (position > dpor->plan.kept)
        pass_sleepers(&dpor->sleepers[position - 1], &dpor->steps[position - 1].done,
                      &dpor->sleepers[position]);
    dpor->sleepers[position].threads &= ~(UINT64_C(1) << step->thread);
    set_required(dpor, &subject, required);
    find_races(dpor, &subject, required, level->clock);
    level->clock[step->thread] = position + 1;
    level->before = dpor->latest[step->thread];
    dpor->latest[step->thread] = position + 1;
    add_choices(dpor, position);
}

// What is waited for in vain takes part in races too: it could have been had earlier.
static void take_blocked(struct dpor *dpor)
{
    for (uint64_t left = dpor->trace->blocked; left != 0; left &= left - 1) {
        uint8_t thread = (uint8_t)__builtin_ctzll(left);
        clock_of_step required, clock;
        struct subject subject =
            new_subject(dpor, thread, dpor->trace->count, &dpor->trace->waiting[thread]);
        if (!dpor_waits(&subject.operation))
            continue;
        bool possible = set_required(dpor, &subject, required);
        if (possible || subject.operation.op != OP_WAKE) // else nobody has woken it
            find_races(dpor, &subject, required, clock);
    }
}

// The first step that is not as prescribed; the length of the prefix if all are.
static uint32_t follows_prefix(const struct dpor *dpor, const struct trace *trace)
{
    uint32_t position = dpor->plan.kept;
    for (; position < dpor->prefix_length; position++) {
        const struct prescribed *prescribed = &dpor->prefix[position];
        if (position >= trace->count || trace->steps[position].thread != prescribed->thread)
            break;
        if (trace->steps[position].choice != prescribed->choice)
            break;
    }
    return position;
}

static void note_threads(struct dpor *dpor, const struct trace *trace)
{
    for (uint32_t i = dpor->plan.kept; i < trace->count; i++)
        if (trace->steps[i].thread >= dpor->threads)
            dpor->threads = trace->steps[i].thread + 1U;
}

// As it was before the first step to be taken.
static void note_latest(struct dpor *dpor)
{
    memset(dpor->latest, 0, sizeof dpor->latest);
    for (uint32_t i = 0; i < dpor->plan.kept; i++)
        dpor->latest[dpor->steps[i].thread] = i + 1;
}

void dpor_take(struct dpor *dpor, const struct trace *trace)
{
    uint32_t good = follows_prefix(dpor, trace);
    uint32_t taken = good < dpor->prefix_length ? good : trace->count;
    dpor->counts.runs++;
    dpor->counts.pruned += trace->pruned;
    dpor->trace = trace;
    note_threads(dpor, trace);
    note_latest(dpor);
    for (uint32_t i = dpor->plan.kept; i < taken && i < STEPS_MOST; i++)
        take_step(dpor, i);
    dpor->length = taken;
    if (good < dpor->prefix_length) { // what follows is not known: it is left out
        dpor->counts.strayed++;
        dpor->levels[good].strayed = true;
        dpor->length = good + 1;
    } else {
        take_blocked(dpor);
    }
    dpor->trace = NULL;
}

// ---- Going on ----

// The thread explored at a level goes to sleep there.
static void put_to_sleep(struct dpor *dpor, uint32_t position)
{
    const struct step *step = &dpor->steps[position];
    struct sleepers *sleepers = &dpor->sleepers[position];
    if (dpor->levels[position].strayed)
        return;
    sleepers->threads |= UINT64_C(1) << step->thread;
    sleepers->operations[step->thread] = step->done;
}

// Prescribes the branch, and below it the first of each level's.
static void prescribe(struct dpor *dpor, uint32_t position, struct branch *branch)
{
    dpor->plan.kept = position;
    sleepers_copy(&dpor->plan.sleepers, &dpor->sleepers[position]);
    while (branch != NULL) {
        struct branch *below = branch->children;
        uint8_t choice = branch->choice == CHOICE_OPEN ? 0 : (uint8_t)branch->choice;
        dpor->prefix[position++] = (struct prescribed){branch->thread, choice};
        branch_give_back(&dpor->branches, branch);
        branch = below;
        if (branch != NULL) {
            dpor->levels[position].others = branch->next;
            dpor->levels[position].explored = 0;
            dpor->levels[position].choices_known = false;
        }
    }
    dpor->prefix_length = position;
}

bool dpor_next(struct dpor *dpor)
{
    for (uint32_t position = dpor->length; position-- > 0;) {
        struct level *level = &dpor->levels[position];
        struct branch *branch = level->others;
        bool same_thread = branch != NULL && branch->thread == dpor->steps[position].thread;
        if (!same_thread)
            put_to_sleep(dpor, position);
        if (branch == NULL)
            continue;
        level->others = branch->next;
        level->explored++;
        level->choices_known = level->choices_known && same_thread;
        for (uint32_t i = dpor->plan.kept; i < position; i++)
            dpor->prefix[i] =
                (struct prescribed){dpor->steps[i].thread, (uint8_t)dpor->steps[i].choice};
        prescribe(dpor, position, branch);
        return true;
    }
    return false;
}

double dpor_share(const struct dpor *dpor)
{
    double share = 0, rest = 1;
    for (uint32_t position = 0; position < dpor->prefix_length; position++) {
        const struct level *level = &dpor->levels[position];
        uint32_t planned = level->explored + 1;
        for (const struct branch *other = level->others; other != NULL; other = other->next)
            planned++;
        share += rest * level->explored / planned;
        rest /= planned;
    }
    return share;
}
