// Turning a race round: the sequence in which its later step comes first (dpor.h).

#include "dpor_levels.h"

bool dpor_waits(const struct operation *operation)
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

bool dpor_never_waits(const struct operation *operation)
{
    switch (operation->op) {
    case OP_START:
    case OP_JOIN:
    case OP_BARRIER_PASS:
    case OP_MEET_PASS:
    case OP_ONCE:
    case OP_ASLEEP:
    case OP_FILE:
    case OP_FUTEX:
    case OP_PAUSE: return false;
    default: return !dpor_waits(operation);
    }
}

enum relation dpor_relation(const struct dpor *dpor, uint32_t earlier, const struct subject *later)
{
    if (dpor_ends_circle(dpor, earlier, later))
        return RELATION_REQUIRED;
    return relation_between(dpor->steps, earlier, later->position, &later->operation,
                            later->thread);
}

static struct element element_at(const struct dpor *dpor, uint32_t position)
{
    const struct step *step = &dpor->steps[position];
    return (struct element){step->thread, step->choice, step->done, position,
                            dpor->levels[position].clock};
}

// What `later` becomes when it is executed before the step `earlier`: its detail is another one,
// and known only where that matters and is certain. An arrival takes the place of the one that it
// overtakes.
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

// The last element of a sequence that turns a race round: `turned`. Sets `clock` to what happens
// before it in the sequence.
static struct element turned_element(const struct dpor *dpor, const struct sequence *sequence,
                                     const struct subject *turned, clock_of_step clock)
{
    dpor_clear(dpor, clock);
    for (uint32_t i = 0; i < sequence->length; i++) {
        const struct element *element = &sequence->elements[i];
        enum relation relation = dpor_relation(dpor, element->position, turned);
        // It uses what the post gave that the overtaken step does not use now.
        bool not_any_more = relation == RELATION_RELEASED && turned->operation.op == OP_SEM_WAIT;
        if (element->thread == turned->thread || (relation != RELATION_NONE && !not_any_more))
            dpor_join(dpor, clock, element->clock);
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

// How often a read-write lock is held, more or less, after this operation than before. Of writers
// only, if readers do not matter.
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

// A thread that goes round in a circle is kept from looking again until something changes; then the
// look and the change cannot change places, and need not: the look would see what it has seen
// before.
static bool circles_until(const struct dpor *dpor, uint32_t earlier, const struct subject *later)
{
    return earlier >= later->since && dpor_never_waits(&later->operation) &&
           !dpor_enabled_at(dpor, later->thread, earlier);
}

// ---- Races ----

// What the thread does next at `position`, or waits to do for ever. False if the run ended before.
static bool next_subject(const struct dpor *dpor, uint8_t thread, uint32_t position,
                         struct subject *subject)
{
    const struct trace *trace = dpor->trace;
    for (uint32_t i = position; i < trace->count; i++)
        if (trace->steps[i].thread == thread) {
            *subject = (struct subject){thread, i, position, trace->steps[i].done};
            return true;
        }
    if ((trace->blocked >> thread & 1) == 0)
        return false;
    *subject = (struct subject){thread, trace->count, position, trace->waiting[thread]};
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

bool dpor_reverse(struct dpor *dpor, uint32_t earlier, const struct subject *later)
{
    clock_of_step clock;
    bool rwlock = later->operation.op == OP_READ_LOCK || later->operation.op == OP_WRITE_LOCK;
    if (circles_until(dpor, earlier, later))
        return false;
    struct sequence sequence = turn_round(dpor, earlier, later, clock);
    if (rwlock && !rwlock_is_free(dpor, earlier, &sequence)) {
        explore_everybody(dpor, earlier);
        return false;
    }
    insert(dpor, earlier, &sequence);
    return true;
}
