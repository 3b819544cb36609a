// A finding's story as plain text of at most 80 columns: how the threads stand, the schedule step by
// step in columns, and how it could have gone well.
#pragma once

#include "judge/judge.h"

#include <stdio.h>

// Tells the story of `finding`, which has one. `name` is what `racelings replay` calls the program (an
// exercise's name, or a list of files).
void story_tell(FILE *out, const char *root, const char *name, const struct finding *finding);

// Prints a line for the place, "      counter.c:24, in counter_increment"; two where one is too short.
void story_show_place(FILE *out, const struct place *place);

// Whether the finding is that threads wait, which its story tells with all places.
bool story_is_of_waiting(const struct finding *finding);

// Of a wrong result in a program without a data race: that it comes of the order of steps, and of whose.
void story_tell_steps(FILE *out, const char *root, const struct finding *finding);
