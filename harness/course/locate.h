// Which course is meant where none is named.
#pragma once

#include "base/problem.h"

// The mark of a student's copy (`racelings init`): a file in its folder.
#define COURSE_MARK ".racelings-course"

// The course that a command is about: the student's copy that the working directory lies in, or
// else the one the program was made with. An absolute path, a talloc child of `context`; NULL with
// `problem` filled if there is neither.
const char *course_locate(const void *context, struct problem *problem);
