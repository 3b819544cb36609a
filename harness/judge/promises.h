// What an exercise promises of its starting program, held against what was said of it.
#pragma once

#include "judge.h"

// Whether what a detector said of an exercise's starting program is what the exercise promises.
// `why` is NULL if so, otherwise a sentence, a talloc child of `context`.
const char *promise_broken(void *context, const struct promise *promise,
                           const struct judgement *judgement);
