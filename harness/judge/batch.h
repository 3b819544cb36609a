// Many judgements, a few at a time, told about in order.
#pragma once

#include "judge.h"

#include <stddef.h>

struct job {
    const struct subject *subject;
    const struct detector *detector;
    bool inspected;      // what is compiled will be: see judge_compile
    bool together;       // with one worker, all that stand beside each other for one subject are
                         // compiled before the first is judged: it takes less time in all
    void *context;       // owns the judgement; a talloc context of its own
    struct build *build; // what was judged; like the judgement a talloc child of `context`,
    struct judgement judgement; // and valid once the job was told about
};

// Judges all `jobs`, at most `workers` at a time, and calls `tell` for each in their order, never
// twice at once; a job may be told about long after it was judged. Shows progress on standard
// error. Returns when all are told.
void batch_run(struct job *jobs, size_t count, int workers,
               void (*tell)(struct job *job, void *data), void *data);
