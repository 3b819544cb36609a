// Remembers what the student's files were last judged as, so that "list" need not judge them again,
// and how many hints were shown.
// Kept in .racelings/ beside exercises/; a convenience: without it everything still works.
#pragma once

#include "judge/judge.h"

enum state { STATE_NOT_STARTED, STATE_UNKNOWN, STATE_FAILING, STATE_DONE };

// "not started", "edited", "failing", "done".
const char *state_name(enum state state);

// Remembers the verdict on the exercise's files as they are now. Does nothing for an ungradable
// one.
void record_verdict(const struct course *course, const struct judgement *judgement);

// What is known of the exercise's files as they are now: done when every detector found them clean,
// failing when one did not, and otherwise unknown: not every detector has judged them yet.
enum state record_state(const struct course *course, const struct exercise *exercise);

// How often this was called before for the exercise: which hint comes next. Always 0 where nothing can
// be written down.
int record_hint(const struct course *course, const struct exercise *exercise);
