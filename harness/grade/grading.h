// Judges what a class handed in and keeps what came of it. The output folder is the state: each
// assessment is one file there, written whole or not at all, named by its exercise and the digest
// of everything it depends on; so a grading that was killed goes on where it was, and files that
// are the same are judged once.
#pragma once

#include "class.h"
#include "grade/submissions/submissions.h"
#include "judge/confinement.h"
#include "judge/judge.h"

struct grading {
    const struct course *course;
    const struct exercise **exercises; // NULL-terminated, in the order of the course
    const struct submissions *submissions;
    const char *out;                       // the output folder
    const struct confinement *confinement; // NULL: --unsafe
    const char *regrade; // "student", "exercise" or "student/exercise": judged again; NULL: none
    // A judgement as it is kept and as the outputs will want it, a new reference; output/json.c has it.
    json_t *(*keep)(const void *context, const struct judgement *judgement);
    double seconds; // the clock for one run; 0: each detector's own
    int workers;
    bool quiet; // no progress
};

// Assesses all that is not assessed yet and fills `class`'s students and cells, points excepted.
// Shows progress on standard error. All is a talloc child of `context`. Returns false with
// `problem` filled if the output folder cannot be used or a name in `regrade` fits nothing.
bool grading_run(const void *context, const struct grading *grading, struct class *class,
                 struct problem *problem);
