// The part of a search that runs inside one process: every schedule that matters, by reduction.
#pragma once

#include "search.h"

// How it ended. Lies in memory that processes share.
struct exhaustion {
    uint32_t runs;          // made
    uint64_t steps, effort; // in all of them
    uint64_t cost; // the same steps, and something for long runs: what search->steps limits
    uint32_t unended, left; // as in search_result
    bool exhausted;         // and nothing that was seen keeps this from being a proof
    bool found;             // the last run showed a fault: `script` repeats it
    bool came_back;         // false: the process that made the runs was ended by the program
    uint32_t threads;
    uint32_t first, longest;  // steps of the first run, and of the longest
    uint64_t dearest;         // effort of one run
    char reason[REASON_MOST]; // why not exhausted
    struct script script;
};

// Runs the search's scene until nothing is left, a fault shows, search->runs, ->steps or ->effort
// are spent, or it is clear that these will not do. `exhaustion` must be zeroed, and shared between
// processes.
void exhaust(const struct search *search, struct exhaustion *exhaustion);

// What in this outcome keeps an exploration from being a proof, as a sentence; NULL: nothing. Steps
// before `first` are known not to.
const char *outcome_reservation(const struct outcome *outcome, uint32_t first);
