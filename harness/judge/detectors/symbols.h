// Looks up what a report gives only as addresses: columns of instructions and names of locks.
#pragma once

#include "detector.h"

// Fills in the columns and lock names of `reading` that are still addresses, by one call of
// llvm-symbolizer on the program (which is not position-independent, so that addresses are those of
// the file). Comfort, not truth: what cannot be looked up stays as it is.
void symbols_fill(void *context, const struct program *program, struct reading *reading);
