// Dynamic partial-order reduction (dpor.h): "Optimal-DPOR" of the paper named there.
//
// The run before is kept as a stack of levels, one for each step. A race is a pair of steps, of which the
// later one could have come first. For each race in a new run, a sequence that does it the other way
// round is added to the tree of the level at which the earlier step was made. To go on, the deepest level
// with anything in its tree takes the next branch, and the thread explored there goes to sleep.
//
// Here threads also wait. A step that waited for another to give something back races with the step
// that took it; see enum relation. The few races of which it is unclear how they could be turned round
// (a writer's lock among readers) are explored by every thread that could have gone on there.

#include "dpor.h"

#include <string.h>

#include "dependence.h"
#include "wakeup.h"

typedef uint32_t clock_of_step[THREADS_MAX]; // see struct element

struct level {
    struct branch *others; // to be explored instead of this step, after it
    bool choices_known;    // all choices that the step's thread has are explored or in `others`
    bool strayed;          // the step prescribed here could not be made
    clock_of_step clock;
};

struct dpor {
    struct dpor_plan plan;
    struct dpor_counts counts;
    struct branches branches;
    uint32_t length;        // levels in use: steps of the run before
    uint32_t prefix_length; // of the run to come
    struct step *steps;     // STEPS_MOST of each
    struct level *levels;
    struct sleepers *sleepers; // who sleeps before each step
    struct prescribed *prefix;
    struct element *elements;  // room for a sequence
    const struct trace *trace; // while it is taken
};

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

// ---- Sequences ----

// A step, or an operation that is only waited for, and the steps before it.
struct subject {
    uint8_t thread;
    uint32_t position;
    struct operation operation;
};

static void join(clock_of_step clock, const clock_of_step other)
{
    for (unsigned id = 0; id < THREADS_MAX; id++)
        if (other[id] > clock[id])
            clock[id] = other[id];
}

static enum relation relation_to(const struct dpor *dpor, uint32_t earlier,
                                 const struct subject *later)
{
    return relation_between(dpor->steps, earlier, later->position, &later->operation,
                            later->thread);
}

static struct element element_at(const struct dpor *dpor, uint32_t position)
{
    const struct step *step = &dpor->steps[position];
    return (struct element){step->thread, step->choice, step->done, position,
                            dpor->levels[position].clock};
}

// What `later` becomes when it is executed before the step `earlier`: its detail is another one, and known
// only where that matters and is certain. An arrival takes the place of the one that it overtakes.
static struct subject turned_subject(const struct dpor *dpor, uint32_t earlier,
                                     const struct subject *later)
{
    enum { COMPLETES = 1 }; // perhaps
    struct subject turned = *later;
    if (later->operation.op == OP_BARRIER_ARRIVE || later->operation.op == OP_MEET)
        turned.operation.detail = dpor->steps[earlier].done.detail | COMPLETES;
    else if (later->operation.op != OP_RW_UNLOCK) // of a reader or a writer, wherever it is
        turned.operation = operation_to_come(&later->operation);
    return turned;
}

// The last element of a sequence that turns a race round: `turned`. Sets `clock` to what happens before it
// in the sequence.
static struct element turned_element(const struct dpor *dpor, const struct sequence *sequence,
                                     const struct subject *turned, clock_of_step clock)
{
    memset(clock, 0, sizeof(clock_of_step));
    for (uint32_t i = 0; i < sequence->length; i++) {
        const struct element *element = &sequence->elements[i];
        enum relation relation = relation_to(dpor, element->position, turned);
        // It uses what the post gave that the overtaken step does not use now.
        bool not_any_more = relation == RELATION_RELEASED && turned->operation.op == OP_SEM_WAIT;
        if (element->thread == turned->thread || (relation != RELATION_NONE && !not_any_more))
            join(clock, element->clock);
    }
    return (struct element){turned->thread, CHOICE_OPEN, turned->operation, turned->position,
                            clock};
}

// What does not follow from the step `earlier`, in order, and then `later`.
static struct sequence turn_round(const struct dpor *dpor, uint32_t earlier,
                                  const struct subject *later, clock_of_step clock)
{
    struct sequence sequence = {0, dpor->elements};
    uint8_t thread = dpor->steps[earlier].thread;
    for (uint32_t i = earlier + 1; i < later->position; i++)
        if (dpor->levels[i].clock[thread] <= earlier)
            sequence.elements[sequence.length++] = element_at(dpor, i);
    struct subject turned = turned_subject(dpor, earlier, later);
    struct element last = turned_element(dpor, &sequence, &turned, clock);
    sequence.elements[sequence.length++] = last;
    return sequence;
}

static void insert(struct dpor *dpor, uint32_t position, struct sequence *sequence)
{
    if (!sequence_is_covered(sequence, &dpor->sleepers[position]))
        sequence_insert(sequence, &dpor->branches, &dpor->levels[position].others,
                        dpor->steps[position].thread);
}

// ---- Whether a race can be turned round ----

// How often a read-write lock is held, more or less, after this operation than before. Of writers only,
// if readers do not matter.
static int holds(const struct operation *done, const void *lock, bool writers_only)
{
    if (done->object != lock)
        return 0;
    switch (done->op) {
    case OP_READ_LOCK: return writers_only ? 0 : 1;
    case OP_WRITE_LOCK: return 1;
    case OP_RW_TRY: return done->detail == 2 || (done->detail == 1 && !writers_only) ? 1 : 0;
    case OP_RW_UNLOCK: return writers_only && done->detail != 0 ? 0 : -1;
    default: return 0;
    }
}

// Whether the lock is free for the last element of the sequence, executed from `position` on.
static bool rwlock_is_free(const struct dpor *dpor, uint32_t position,
                           const struct sequence *sequence)
{
    const struct operation *wanted = &sequence->elements[sequence->length - 1].operation;
    bool writers_only = wanted->op == OP_READ_LOCK;
    int held = 0;
    for (uint32_t i = 0; i < position; i++)
        held += holds(&dpor->steps[i].done, wanted->object, writers_only);
    for (uint32_t i = 0; i + 1 < sequence->length; i++)
        held += holds(&sequence->elements[i].operation, wanted->object, writers_only);
    return held == 0;
}

static bool thread_moves_between(const struct dpor *dpor, uint8_t thread, uint32_t from,
                                 uint32_t to)
{
    for (uint32_t i = from; i < to; i++)
        if (dpor->steps[i].thread == thread)
            return true;
    return false;
}

// A thread that spins is kept from looking again until something changes; then the look and the change
// cannot change places, and need not: the look would see what it has seen before.
static bool spun_until(const struct dpor *dpor, uint32_t earlier, const struct subject *later)
{
    bool enabled = (dpor->steps[earlier].enabled >> later->thread & 1) != 0;
    return !enabled && !thread_moves_between(dpor, later->thread, earlier, later->position);
}

static bool is_lock_or_wait(const struct operation *operation)
{
    switch (operation->op) {
    case OP_LOCK:
    case OP_LOCK_TIMED:
    case OP_WAKE:
    case OP_SEM_WAIT:
    case OP_READ_LOCK:
    case OP_WRITE_LOCK: return true;
    default: return false;
    }
}

// ---- Races ----

// What the thread does next at `position`, or waits to do for ever. False if the run ended before.
static bool next_subject(const struct dpor *dpor, uint8_t thread, uint32_t position,
                         struct subject *subject)
{
    const struct trace *trace = dpor->trace;
    for (uint32_t i = position; i < trace->count; i++)
        if (trace->steps[i].thread == thread) {
            *subject = (struct subject){thread, i, trace->steps[i].done};
            return true;
        }
    if ((trace->blocked >> thread & 1) == 0)
        return false;
    *subject = (struct subject){thread, trace->count, trace->waiting[thread]};
    return true;
}

// Has every thread that could go on before the step explored from there.
static void explore_everybody(struct dpor *dpor, uint32_t position)
{
    clock_of_step nothing = {0};
    for (uint64_t left = dpor->trace->steps[position].enabled; left != 0; left &= left - 1) {
        uint8_t thread = (uint8_t)__builtin_ctzll(left);
        struct subject next;
        if (thread == dpor->steps[position].thread)
            continue;
        if (!next_subject(dpor, thread, position, &next)) {
            dpor->counts.strayed++;
            continue;
        }
        struct element only = {thread, CHOICE_OPEN, operation_to_come(&next.operation), position,
                               nothing};
        struct sequence sequence = {1, &only};
        insert(dpor, position, &sequence);
    }
}

// Plans the schedules in which `later` comes before the step `earlier`. False if it cannot come right
// before it.
static bool reverse_race(struct dpor *dpor, uint32_t earlier, const struct subject *later)
{
    clock_of_step clock;
    bool rwlock = later->operation.op == OP_READ_LOCK || later->operation.op == OP_WRITE_LOCK;
    if (!is_lock_or_wait(&later->operation) && spun_until(dpor, earlier, later))
        return false;
    struct sequence sequence = turn_round(dpor, earlier, later, clock);
    if (rwlock && !rwlock_is_free(dpor, earlier, &sequence)) {
        explore_everybody(dpor, earlier);
        return false;
    }
    insert(dpor, earlier, &sequence);
    return true;
}

// Whether the operation is possible as soon as its thread stands before it.
static bool never_waits(const struct operation *operation)
{
    switch (operation->op) {
    case OP_START:
    case OP_JOIN:
    case OP_BARRIER_PASS:
    case OP_MEET_PASS:
    case OP_ONCE:
    case OP_ASLEEP:
    case OP_FILE:
    case OP_PAUSE: return false;
    default: return !is_lock_or_wait(operation);
    }
}

// Whether steps[index] let `subject` go on, whose thread went round in a circle until then.
static bool ends_circle(const struct dpor *dpor, uint32_t index, const struct subject *subject)
{
    bool blocked = (dpor->steps[index].enabled >> subject->thread & 1) == 0;
    bool blocked_after = index + 1 < subject->position &&
                         (dpor->steps[index + 1].enabled >> subject->thread & 1) == 0;
    return never_waits(&subject->operation) && blocked && !blocked_after;
}

// Whether there may be a step of another thread that makes the operation possible in any schedule.
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
    bool any = false, own = false, requires = may_require(&subject->operation);
    memset(clock, 0, sizeof(clock_of_step));
    for (uint32_t i = subject->position; i-- > 0 && (!own || requires);) {
        bool before = !own && dpor->steps[i].thread == subject->thread;
        bool needed =
            !before && ((requires && relation_to(dpor, i, subject) == RELATION_REQUIRED) ||
                        (!own && ends_circle(dpor, i, subject)));
        if (before || needed)
            join(clock, dpor->levels[i].clock);
        own |= before;
        any |= needed;
    }
    return any;
}

// Finds all races of which `subject` is the later step. Sets `clock` to what happens before it. Only the
// latest of several steps that follow each other is a race: the others show when that is turned round.
static void find_races(struct dpor *dpor, const struct subject *subject,
                       const clock_of_step required, clock_of_step clock)
{
    clock_of_step covered;
    memcpy(covered, required, sizeof covered);
    memcpy(clock, required, sizeof covered);
    for (uint32_t i = subject->position; i-- > 0;) {
        uint8_t thread = dpor->steps[i].thread;
        if (thread == subject->thread || covered[thread] > i)
            continue;
        enum relation relation = relation_to(dpor, i, subject);
        if (relation == RELATION_NONE)
            continue;
        join(clock, dpor->levels[i].clock);
        if (relation == RELATION_RACING && reverse_race(dpor, i, subject))
            join(covered, dpor->levels[i].clock);
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
    struct subject subject = {step->thread, position, step->done};
    clock_of_step required;
    dpor->steps[position] = *step;
    if (position >= dpor->prefix_length) {
        level->others = NULL;
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
    add_choices(dpor, position);
}

// What is waited for in vain takes part in races too: it could have been had earlier.
static void take_blocked(struct dpor *dpor)
{
    for (uint64_t left = dpor->trace->blocked; left != 0; left &= left - 1) {
        uint8_t thread = (uint8_t)__builtin_ctzll(left);
        clock_of_step required, clock;
        struct subject subject = {thread, dpor->trace->count, dpor->trace->waiting[thread]};
        if (!is_lock_or_wait(&subject.operation))
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

void dpor_take(struct dpor *dpor, const struct trace *trace)
{
    uint32_t good = follows_prefix(dpor, trace);
    uint32_t taken = good < dpor->prefix_length ? good : trace->count;
    dpor->counts.runs++;
    dpor->counts.pruned += trace->pruned;
    dpor->trace = trace;
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
    dpor->plan.sleepers = dpor->sleepers[position];
    while (branch != NULL) {
        struct branch *below = branch->children;
        uint8_t choice = branch->choice == CHOICE_OPEN ? 0 : (uint8_t)branch->choice;
        dpor->prefix[position++] = (struct prescribed){branch->thread, choice};
        branch_give_back(&dpor->branches, branch);
        branch = below;
        if (branch != NULL) {
            dpor->levels[position].others = branch->next;
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
        level->choices_known = level->choices_known && same_thread;
        for (uint32_t i = dpor->plan.kept; i < position; i++)
            dpor->prefix[i] =
                (struct prescribed){dpor->steps[i].thread, (uint8_t)dpor->steps[i].choice};
        prescribe(dpor, position, branch);
        return true;
    }
    return false;
}
