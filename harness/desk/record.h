// Remembers what the student's files were last judged as, so that nothing need be judged again to
// be listed, and how many hints were shown.
// Kept in .racelings/ beside exercises/; a convenience: without it everything still works, and
// judging again finds the same.
#pragma once

#include "judge/judge.h"

enum state { STATE_NOT_STARTED, STATE_UNKNOWN, STATE_FAILING, STATE_DONE };

// "not started", "edited", "failing", "done".
const char *state_name(enum state state);

// Remembers what was said of the exercise's files as they are now. Does nothing for an ungradable
// one.
void record_verdict(const struct course *course, const struct judgement *judgement);

// The same where the files may have changed while they were judged: `hash` (as exercise_hash gives
// it) tells what was judged.
void record_verdict_on(const struct course *course, const struct judgement *judgement,
                       const char *hash);

// What is known of the exercise's files as they are now: done when every detector found them clean,
// failing when one did not, and otherwise unknown: not every detector has judged them yet, or they
// decide nothing (judge/panel.h).
enum state record_state(const struct course *course, const struct exercise *exercise);

// How many hints were shown for the exercise, and that it is so many now. Always 0 where nothing
// can be written down.
int record_hints(const struct course *course, const struct exercise *exercise);
void record_set_hints(const struct course *course, const struct exercise *exercise, int shown);
