// Judges what a class handed in and keeps what came of it. The output folder is the state: each
// assessment is one file there (kept.h), written whole or not at all, named by its exercise and the
// digest of everything it depends on; so a grading that was killed goes on where it was, files that
// are the same are judged once, and several machines may share the work.
#pragma once

#include "class.h"
#include "grade/submissions/submissions.h"
#include "judge/confinement.h"
#include "judge/judge.h"

struct plan;

struct grading {
    const struct course *course;
    const struct exercise **exercises; // NULL-terminated, in the order of the course
    const struct submissions *submissions;
    const char *out;                       // the output folder; NULL: nothing is kept
    bool sandboxed;                        // false: --unsafe
    const struct confinement *confinement; // what that is; NULL: --unsafe, or nothing is judged
    const char *regrade; // "student", "exercise" or "student/exercise": judged again; NULL: none
    // A judgement as it is kept and as the outputs will want it, a new reference; output/json.c has
    // it.
    json_t *(*keep)(const void *context, const struct judgement *judgement);
    double seconds;  // the clock for one run; 0: each detector's own
    int workers;     // assessments at a time
    int part, parts; // this is part 1, 2 ... of so many; parts 0: all of it
    bool quiet;      // no progress
};

// Makes, and keeps, all assessments of the plan's part that there are not yet; what another grading
// makes meanwhile in the same folder is taken from there. Shows progress on standard error. Returns
// false with `problem` filled if the output folder cannot be written to.
bool grading_judge(struct plan *plan, struct problem *problem);
