// How much a detector that chooses the schedules has tried, in words: the most that its "clean"
// says.
#pragma once

#include "finding.h"

// "all 252 interleavings of 3 scenes, 2,000 schedules of the driver"; a talloc child of `context`.
// Of what was not exhausted it says only how many schedules there were; and of all interleavings,
// in which no wait ends for nothing, how many more schedules there were in which one did.
char *extent_tell(const void *context, const struct reading *reading);

// A number as people read it: "2,000".
char *extent_number(const void *context, long number);
