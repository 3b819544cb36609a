// What the two halves of the reduction share: dpor.c, which keeps the levels, and dpor_race.c,
// which turns races round.
#pragma once

#include "dependence.h"
#include "dpor.h"
#include "entries.h"
#include "wakeup.h"

typedef uint32_t clock_of_step[THREADS_MAX]; // see struct element

struct level {
    struct branch *others; // to be explored instead of this step, after it
    uint32_t explored;     // so many were explored before it
    bool choices_known;    // all choices that the step's thread has are explored or in `others`
    bool strayed;          // the step prescribed here could not be made
    uint32_t before;       // the step of the same thread before this one, plus 1; 0: its first
    clock_of_step clock;
};

struct dpor {
    struct dpor_plan plan;
    struct dpor_counts counts;
    struct branches branches;
    uint32_t length;        // levels in use: steps of the run before
    uint32_t prefix_length; // of the run to come
    uint32_t threads;       // ids in any run so far are below: no clock counts steps of others
    struct step *steps;     // STEPS_MOST of each
    struct level *levels;
    struct sleepers *sleepers; // who sleeps before each step
    struct prescribed *prefix;
    struct element *elements;  // room for a sequence
    const struct trace *trace; // while it is taken, and
    clock_of_step latest;      // each thread's latest step that was taken, plus 1; 0: none
};

// A step, or an operation that is only waited for, and the steps before it.
struct subject {
    uint8_t thread;
    uint32_t position;
    uint32_t since; // the thread has stood before the operation since here
    struct operation operation;
};

// Sets the clock to the later of both, for each thread.
static inline void dpor_join(const struct dpor *dpor, clock_of_step clock,
                             const clock_of_step other)
{
    entries_join(clock, other, dpor->threads);
}

static inline void dpor_clear(const struct dpor *dpor, clock_of_step clock)
{
    entries_clear(clock, dpor->threads);
}

static inline void dpor_copy(const struct dpor *dpor, clock_of_step to, const clock_of_step from)
{
    entries_copy(to, from, dpor->threads);
}

// Whether the operation may have to wait for what another thread has taken.
bool dpor_waits(const struct operation *operation);

// Whether the operation is possible as soon as its thread stands before it.
bool dpor_never_waits(const struct operation *operation);

// Whether the thread could have made steps[position].
static inline bool dpor_enabled_at(const struct dpor *dpor, uint8_t thread, uint32_t position)
{
    return (dpor->steps[position].enabled >> thread & 1) != 0;
}

// Whether steps[index] let `subject` go on, whose thread went round in a circle until then. (Asked
// of nearly every pair of steps, and rarely so.)
static inline bool dpor_ends_circle(const struct dpor *dpor, uint32_t index,
                                    const struct subject *subject)
{
    return index >= subject->since && !dpor_enabled_at(dpor, subject->thread, index) &&
           dpor_never_waits(&subject->operation) &&
           (index + 1 == subject->position || dpor_enabled_at(dpor, subject->thread, index + 1));
}

// As relation_between, of steps[earlier] to the subject.
enum relation dpor_relation(const struct dpor *dpor, uint32_t earlier, const struct subject *later);

// Plans the schedules in which `later` comes before steps[earlier], with which it races. False if
// it cannot come right before it.
bool dpor_reverse(struct dpor *dpor, uint32_t earlier, const struct subject *later);
