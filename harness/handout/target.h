// Where a handout or a copy may go.
#pragma once

#include "course/course.h"

// The absolute path of the folder `name`, a talloc child of `context`. NULL with `problem` filled
// if nothing may be written there: the folder it lies in is missing, it is there and not empty, or
// it lies in a course's own folder.
const char *handout_target(const void *context, const char *name, const struct course *course,
                           struct problem *problem);
