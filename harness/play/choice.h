// What a thread would do next, in words.
#pragma once

#include "game.h"

// "reads counter->value", "waits for counter->lock"; "" if it is not known. A talloc child of
// `context`, or the choice's.
const char *choice_intention(const void *context, const struct choice *choice);

// Where; NULL if it is not known.
const struct place *choice_place(const struct choice *choice);

// Whether it is shown: threads that have ended, and a main thread that only waits for the others,
// are not.
bool choice_is_shown(const struct choice *choice);
