// Scenes as they are typed.
#pragma once

#include "base/problem.h"
#include "judge/detectors/detector.h"

// The scene called `typed`, in which blanks may be underscores; "driver" is the one without a name.
// NULL with `problem` naming those there are.
const struct search *scene_find(const struct reading *scenes, const char *typed,
                                struct problem *problem);
