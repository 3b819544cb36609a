// What does not order the two accesses of a data race.
#pragma once

#include "judge/finding.h"

// The sentences that a student should remember of `finding`, a data race with two accesses: "Only one of
// them holds a lock ...". A talloc child of `context`.
char *missing_order(const void *context, const struct finding *finding);
