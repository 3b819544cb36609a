// Looks for tampering in submitted C files before anything of them is run: what would silence a
// judge, look for one, or reach beyond the exercise. Rules are tables in tamper_rules.c. Knows C's
// tokens and object files' symbols; nothing of verdicts. What is refused names its line and
// teaches.
#pragma once

#include "course/course.h"
#include "judge/build.h"
#include "run/sandbox.h"

enum inspection {
    INSPECTION_FINE,
    INSPECTION_REFUSED, // `refusal` says what and where
    INSPECTION_NOT_C,   // the compiler rejects it; let the judges say so to the student
    INSPECTION_FAILED,  // a tool failed: says nothing about the submission; `problem` is filled
};

struct refusal {
    const char *file;   // as in exercise->edit
    int line;           // 0: the file as a whole
    const char *reason; // one or two sentences: what was found, why it is refused, what to do
};

// Inspects the edit files of `exercise` below `sources->root` (all of sources->files that are not
// the driver's). `folder` is an empty one for temporary files. All that is compiled is compiled
// inside `sandbox` (NULL: none).
enum inspection tamper_inspect(const void *context, const struct exercise *exercise,
                               const struct sources *sources, const char *folder,
                               const struct sandbox *sandbox, struct refusal *refusal,
                               struct problem *problem);
