// Where the threads of a run that hung were when it was ended, in places of the program.
#pragma once

#include "finding.h"
#include "run/process.h"

struct halt {
    const char *threads; // "main"; "T1, T2", which are at the same place; "main of process 2"
    const char *doing;   // "waiting in pthread_cond_wait", "waiting", "in strlen", "computing"
    struct place place;  // in the program's own code, without a column
};

// As many as `count` says, of those threads of the outcome that were in the program's own code or
// called from it. A talloc child of `context`.
struct halt *halts_read(const void *context, const char *root, const struct outcome *outcome,
                        size_t *count);
