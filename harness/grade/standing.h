// What an assessment makes of a student's standing in an exercise.
#pragma once

#include "class.h"

// A definite fault outweighs a judge that could not look: the work is not right in any case.
enum standing standing_of(const json_t *assessment);

// Fills in the cell's assessment, which is borrowed, its standing, and the message that says why.
void stand(struct cell *cell, const json_t *assessment);
