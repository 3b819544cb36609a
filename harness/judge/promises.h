// What an exercise promises of its starting program, held against what was said of it.
#pragma once

#include "judge.h"

// Why what a detector said of an exercise's starting program is not what the exercise
// promises: a sentence, a talloc child of `context`; NULL if it is.
const char *promise_broken(void *context, const struct promise *promise,
                           const struct judgement *judgement);

// Why a right answer is not judged as it must be, likewise: clean, but by the detectors that
// `abstains` names (NULL-terminated; NULL: none), which must abstain.
const char *solution_broken(void *context, const char *const *abstains,
                            const struct judgement *judgement);
