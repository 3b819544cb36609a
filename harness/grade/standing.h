// What an assessment makes of a student's standing in an exercise.
#pragma once

#include "class.h"

// A definite fault outweighs a judge that could not look: the work is not right in any case. A
// judge that abstains leaves it to the others (judge/panel.h).
enum standing standing_of(const json_t *assessment);

// The judgement that keeps an ungradable one from being decided: a tool that failed, or an
// abstention. Borrowed; NULL if there is none.
const json_t *standing_obstacle(const json_t *assessment);

// The reason that the assessment gives for it, or, of work that passed, why a judge abstained;
// borrowed. NULL if there is nothing to say.
const char *standing_reason(const json_t *assessment, enum standing standing);
