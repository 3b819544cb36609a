// What belongs to an exercise beside its programs: lessons, hints, answers, and no stray files.
#pragma once

#include "course.h"

// Adds a sentence to `faults` (a list of text.h, talloc) for each thing that is missing or too much
// in the folders of `exercise`, in its chapter's, and in the course's map.
void inventory(const struct course *course, const struct exercise *exercise, const char ***faults);
