// What grading would say of an answer besides the judges' verdicts, so that nobody learns it from a
// zero. Called by check.c and verify.c.
#pragma once

#include "grade/tamper/tamper.h"
#include "judge/batch.h"

// Inspects the answer that was judged in these jobs as `racelings grade` does, and says on standard
// output what it would not run, and which files of the course it would put its own in the place of.
// Silent if there is nothing. Runs up to `workers` commands at a time.
void foretell_grading(const struct job *jobs, size_t count, int workers);

// What that inspection says of an answer that was judged in these jobs: see tamper_inspect. Judges
// that were not asked have it compiled for them. The refusal's texts are talloc children of
// `context`.
enum inspection foretell_inspection(const void *context, const struct job *jobs, size_t count,
                                    int workers, struct refusal *refusal, struct problem *problem);
