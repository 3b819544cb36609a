// The files that a graded class is written into; FORMATS.md describes each. Writers only write:
// they decide nothing.
#pragma once

#include "grade/class.h"

// All files of the class, but those of students who are spared, below the folder `out`, which is
// made if it is missing (its parent must be there). The files of the class come last: where they
// are new, so are those of its students.
bool write_class(const struct class *class, const char *out, struct problem *problem);
