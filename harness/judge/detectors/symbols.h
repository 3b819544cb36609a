// Looks up what a report gives only as addresses: places of instructions and names of locks and
// variables.
#pragma once

#include "detector.h"

// Fills in the places and names of `reading` that are still addresses, by one call of
// llvm-symbolizer on the program (which is not position-independent, so that addresses are those of
// the file). A place without a function is filled in whole; of others only the column is asked for.
// What cannot be looked up stays as it is.
void symbols_fill(void *context, const struct program *program, struct reading *reading);

// The same from `answers`, what llvm-symbolizer said to the questions about that very reading; for
// reports that were captured together with it.
void symbols_take(void *context, const char *root, struct reading *reading, const char *answers);

// These questions: the arguments of llvm-symbolizer behind its options, a talloc child of `context`.
const char **symbols_questions(const void *context, struct reading *reading);
