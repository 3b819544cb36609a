// A finding's story as plain text as wide as the terminal, at most 80 columns: how the threads stand, the schedule step
// by step in columns, and how it could have gone well.
#pragma once

#include "judge/judge.h"

#include <stdio.h>

// Tells the story of `finding`, which has one. `name` is what `racelings replay` calls the program
// (an exercise's name, or a list of files). `before` is the story that was told just before, and
// has said what their scene checks, if they share one; NULL: none was.
void story_tell(FILE *out, const char *root, const char *name, const struct finding *finding,
                const struct story *before);

// Whether the finding is that threads wait, which its story tells with all places.
bool story_is_of_waiting(const struct finding *finding);

// Of a wrong result in a program without a data race: that it comes of the order of steps, and of
// whose.
void story_tell_steps(FILE *out, const char *root, const struct finding *finding);
