// Dynamic partial-order reduction: goes through all schedules of a program that can come to
// different results, one of each class of those that differ only in the order of independent
// operations (dependence.h). Optimal in the sense of Abdulla, Aronis, Jonsson, Sagonas, "Source
// Sets: A Foundation for Optimal Dynamic Partial Order Reduction" (JACM 2017): what is to be
// explored is kept as trees of sequences, wakeup trees, so that no run is begun whose rest turns
// out to be covered already.
//
//     struct dpor *dpor = dpor_new(map);
//     do {
//         // run with chooser_reduction, schedule.prefix and .prefix_length from dpor_prefix(dpor)
//         // and schedule.learned = dpor_plan(dpor)
//         dpor_take(dpor, &trace);
//     } while (dpor_next(dpor));
//
// Pure: it sees traces and never runs anything itself.
#pragma once

#include "engine.h"

// What a run did, and how it stopped.
struct trace {
    const struct step *steps;
    uint32_t count;
    uint64_t blocked; // mask: threads that wait for ever
    const struct operation
        *waiting; // what each of these is about to do, by id; may be NULL if none
    bool pruned;  // it stopped because all who could go on slept
};

// Threads that need not go on, as another run has covered what follows from their next operation;
// and what that is.
struct sleepers {
    uint64_t threads;                         // mask
    struct operation operations[THREADS_MAX]; // of others: anything
};

static inline void sleepers_copy(struct sleepers *to, const struct sleepers *from)
{
    to->threads = from->threads;
    for (uint64_t left = from->threads; left != 0; left &= left - 1) {
        unsigned id = (unsigned)__builtin_ctzll(left);
        to->operations[id] = from->operations[id];
    }
}

// How chooser_reduction makes a run: as prescribed, then anybody who does not sleep.
struct dpor_plan {
    uint32_t kept;            // so many steps are those of the run before
    struct sleepers sleepers; // who sleeps after these
};

struct dpor;

// Begins an exploration. Its memory comes from `map`, which gives zeroed memory, whatever the size,
// of which only what is touched costs anything (engine_map); it is never given back.
struct dpor *dpor_new(void *(*map)(size_t size));

// What the next run must do.
const struct dpor_plan *dpor_plan(const struct dpor *dpor);
const struct prescribed *dpor_prefix(const struct dpor *dpor, uint32_t *length);

// Takes the trace of that run.
void dpor_take(struct dpor *dpor, const struct trace *trace);

// Prepares the next run. False if all has been explored.
bool dpor_next(struct dpor *dpor);

// After dpor_next: an estimate of how much of everything has been explored, from 0 to 1. What
// branches off at one step counts as equally much, and only what is known by now: more may turn up.
double dpor_share(const struct dpor *dpor);

struct dpor_counts {
    uint64_t runs;
    uint64_t pruned;  // runs that ended because all who could go on slept
    uint64_t strayed; // runs that could not be made as prescribed: then nothing is proved
    bool overflowed;  // memory for what is to be explored was not enough: the same
};

struct dpor_counts dpor_counts(const struct dpor *dpor);
