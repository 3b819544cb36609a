// What an outcome says about the program: which kinds of fault it shows, and whether two outcomes
// show the same one. Pure; for search.c and the report.
#pragma once

#include "engine.h"

// A fault, as far as it matters whether another one is the same.
struct signature {
    enum kind kind;
    uintptr_t places[2]; // of a race: the two accesses, in the order of addresses; else 0
};

// The kind of fault that a run's ending is in itself, KIND_NONE if it is none or its faults tell.
enum kind ending_kind(enum ending ending);

// The index-th fault of an outcome: first those in outcome->faults, then its ending. False if there
// are no more.
bool outcome_fault(const struct outcome *outcome, uint32_t index, struct signature *signature);

// Whether the outcome shows that fault.
bool outcome_shows(const struct outcome *outcome, const struct signature *wanted);

bool signatures_equal(const struct signature *one, const struct signature *other);
