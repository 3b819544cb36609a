// The exercises with their states, by chapter: for `racelings list` and the desk.
#pragma once

#include "course/course.h"

#include <stdio.h>

// `exercises` (NULL-terminated), and with `whole` a bar for the course.
void listing_print(FILE *out, const struct course *course, const struct exercise *const *exercises,
                   bool whole);
