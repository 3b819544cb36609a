// The judges of one program at work in the background, side by side: the first in the list is given
// the machine first, and each is heard as soon as it has come to its verdict. Called by the desk,
// where a new save of the program stops them.
#pragma once

#include "judge.h"

struct hearing;

// Sets the detectors `chosen` (NULL-terminated) to work on `subject`; both are borrowed until the
// hearing is closed. As many as there are processors are at work at a time, the first and then those
// with the longest clocks; but all, once the first has spoken, or after `patience` seconds. NULL with
// `problem` filled if that failed.
struct hearing *hearing_open(const struct subject *subject, const struct detector *const *chosen,
                             double patience, struct problem *problem);

// Readable when a judge has come to a verdict that hearing_take has not given yet.
int hearing_descriptor(const struct hearing *hearing);

// The next verdict, in the order in which they came; it belongs to the hearing. NULL: none, for
// now.
const struct judgement *hearing_take(struct hearing *hearing);

// How many judges are still at work, or have not been heard.
size_t hearing_left(const struct hearing *hearing);

// Stops those that are still at work, with all their processes, and frees the hearing. NULL:
// nothing.
void hearing_close(struct hearing *hearing);
