// What the two halves of the reduction share: dpor.c, which keeps the levels, and dpor_race.c,
// which turns races round.
#pragma once

#include "dependence.h"
#include "dpor.h"
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

// A step, or an operation that is only waited for, and the steps before it.
struct subject {
    uint8_t thread;
    uint32_t position;
    uint32_t since; // the thread has stood before the operation since here
    struct operation operation;
};

// Sets the clock to the later of both, for each thread.
void dpor_join(clock_of_step clock, const clock_of_step other);

// Whether the operation may have to wait for what another thread has taken.
bool dpor_waits(const struct operation *operation);

// As relation_between, of steps[earlier] to the subject.
enum relation dpor_relation(const struct dpor *dpor, uint32_t earlier, const struct subject *later);

// Plans the schedules in which `later` comes before steps[earlier], with which it races. False if
// it cannot come right before it.
bool dpor_reverse(struct dpor *dpor, uint32_t earlier, const struct subject *later);
