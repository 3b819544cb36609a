// What comes next: said by "check" when it found nothing wrong, or nothing to judge.
#pragma once

#include "course/course.h"

// How many exercises of the course are done, and which is next: the first that is not done behind
// `last`, or else from the beginning.
void next_tell(const struct course *course, const struct exercise *last);

// Where to begin.
void next_tell_first(const struct exercise *exercise);
