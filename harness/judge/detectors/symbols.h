// Looks up what a report gives only as addresses: places of instructions and names of locks and
// variables.
#pragma once

#include "detector.h"

// Fills in the places and names of `reading` that are still addresses: as they are in the program's
// file, for it is not position-independent. A place without a function is filled in whole; of
// others only the column is asked for. What cannot be looked up stays as it is.
void symbols_fill(void *context, const struct program *program, struct reading *reading);
