// What the end of a game comes to, in words.
#pragma once

#include "game.h"

// Whether the finding is that something went wrong, rather than that it could have.
bool ending_is_failure(const struct finding *finding);

// The first such finding of a reading; NULL if there is none.
const struct finding *ending_failure_in(const struct reading *reading);

// Of a position that ended in a failure: "Broken, in 4 steps: a promise is broken ...". This and
// what follows: talloc children of `context`.
char *ending_broken(const void *context, const struct position *position);

// Of one that ended well, when the explorer's own search through the scene came to `judged`: can
// another order go wrong?
char *ending_unbroken(const void *context, const struct reading *judged);

// "racelings replay counter two_at_once/x1:1.2", or without the schedule where it is "".
// `replay_name` is what replay calls the program, `scene` the scene's name; NULL: the driver.
char *ending_replay(const void *context, const char *replay_name, const char *scene,
                    const char *schedule);
