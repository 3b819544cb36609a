// racelings grade --plan: what grading a class will take, for an instructor who wonders how many
// machines to ask for.
#pragma once

#include "grade/plan.h"

// Prints how many judgements there are and, from a sample that is judged now, how long they take on
// this machine and on several like it. `reading` is how long it took to come here, in seconds.
void grade_plan_say(const struct plan *plan, const struct class *class, double reading);
