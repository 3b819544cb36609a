// What judgements found, as editors list problems: each with one place in a file and a sentence,
// once, however many judges found it. For the formats of output/gcc.c and output/sarif.c.
#pragma once

#include "judge/batch.h"

// Another place that belongs to an issue.
struct issue_note {
    struct place place;
    const char *text; // "T1 writes it here, holding no lock"
};

struct issue {
    const char *kind;    // "data race", "does not build", ...: of findings, else of verdicts
    const char *text;    // what is wrong, in words that need no kind before them
    const char **judges; // who say so; NULL-terminated
    struct place place;  // with a file, a line and a column, however little is known
    struct issue_note *notes;
    size_t note_count;
    const struct judgement *judgement; // the first that found it
    const struct finding *finding;     // in it; NULL: the verdict itself is the issue
};

struct issues {
    struct issue *list;
    size_t count;
};

// Of all judgements that are against their program: talloc children of `context`, which borrow from
// the jobs.
struct issues *issues_collect(const void *context, const struct job *jobs, size_t count);
