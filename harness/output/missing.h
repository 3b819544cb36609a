// What does not order the two accesses of a data race, or a store and the loads behind it.
#pragma once

#include "judge/finding.h"

// The sentences that a student should remember of `finding`, a data race with two accesses: "Only
// one of them holds a lock ...". A talloc child of `context`.
char *missing_order(const void *context, const struct finding *finding);

// Of a finding whose story needs a store that arrives late: whose it is, who does not see it yet,
// and which memory order would keep it from being late. NULL: it needs none. A talloc child of
// `context`.
char *missing_arrival(const void *context, const struct finding *finding);
