// The formats judgements are written in. Each writer only writes: it decides nothing.
#pragma once

#include "judge/batch.h"

#include <jansson.h>

// {"judgements": [...]}, each "racelings/judgement/v1" as described in harness/output/json.c. A
// talloc child of `context`, ending with a newline.
char *json_judgements(const void *context, const struct job *jobs, size_t count);

// One of them: a new reference.
json_t *json_judgement(const struct judgement *judgement);

// The same as a grading keeps it: with "story", the explanation for a person, and "output", what
// the program printed, shortened. A new reference.
json_t *json_kept(const void *context, const struct judgement *judgement);

// What is wrong, a line each, as compilers write it (output/gcc.c); "" if nothing is. A talloc
// child of `context`.
char *gcc_problems(const void *context, const struct job *jobs, size_t count);

// The same as SARIF 2.1.0 (output/sarif.c). `root` is the course's folder.
char *sarif_problems(const void *context, const char *root, const struct job *jobs, size_t count);
