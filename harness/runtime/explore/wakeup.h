// Wakeup trees: what is still to be explored after some steps, as a tree of sequences of
// operations. Part of the reduction (dpor.c), which describes them by name.
//
// A sequence stands for all schedules that begin with it or with a permutation of it that keeps
// conflicting operations in order. Its initials are the threads that can come first in one of
// these.
#pragma once

#include "dpor.h"

// The choice at an operation that has not been executed where it is planned: which ones it will
// have is not known. Executed, it makes its first choice, and all others are planned too.
enum { CHOICE_OPEN = -1 };

// An operation to be executed; what may follow it; and what may be executed instead, afterwards.
struct branch {
    uint8_t thread;
    int32_t choice; // or CHOICE_OPEN: then nothing follows
    struct operation operation;
    struct branch *children, *next;
};

// Where branches come from and go back to.
struct branches {
    struct branch *room; // mapped; used from the front
    size_t used, most;
    struct branch *given_back; // linked by `next`
    bool overflowed;           // one could not be had
};

void branches_begin(struct branches *branches, void *(*map)(size_t size));
struct branch *branch_new(struct branches *branches); // zeroed; NULL if there is no room
void branch_give_back(struct branches *branches, struct branch *branch);

// An element of a sequence: a step of a run, at `position` in it. `clock` tells which steps of each
// thread happen before it: those at positions below.
struct element {
    uint8_t thread;
    int32_t choice; // or CHOICE_OPEN
    struct operation operation;
    uint32_t position;
    const uint32_t *clock;
};

struct sequence {
    uint32_t length;
    struct element *elements;
};

// Whether some sleeper is an initial of the sequence: then what it stands for is covered elsewhere.
bool sequence_is_covered(const struct sequence *sequence, const struct sleepers *sleepers);

// Adds the sequence, of which elements may be taken away, to the tree whose first branches are
// linked at *tree, unless the tree has it already. `current` is the thread whose branch is being
// explored, and no longer in the tree: its other choices come first.
void sequence_insert(struct sequence *sequence, struct branches *branches, struct branch **tree,
                     uint8_t current);
