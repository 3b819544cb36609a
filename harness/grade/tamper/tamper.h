// Looks for tampering in submitted C files before anything of them is run: what would silence a
// judge, look for one, or reach beyond the exercise. Rules are tables in tamper_rules.c and
// tamper_calls.c. Knows C's tokens and object files' symbols; nothing of verdicts. What is refused
// names its line and teaches.
#pragma once

#include "judge/judge.h"

enum inspection {
    INSPECTION_FINE,
    INSPECTION_NOT_ALLOWED, // no answer has a use for it, though it may be honest; `refusal` says what
                            // and where
    INSPECTION_REFUSED,     // tampering; likewise
    INSPECTION_NOT_C,       // the compiler rejects it; let the judges say so to the student
    INSPECTION_FAILED,      // a tool failed: says nothing about the submission; `problem` is filled
};

struct refusal {
    const char *file;   // as in exercise->edit
    int line;           // 0: the file as a whole
    const char *reason; // one or two sentences: what was found, why it is refused, what to do
};

// Inspects the edit files of the subject's exercise: compiles them for every judge, as
// judge_compile does (inside the sandbox if the subject is confined), and looks at what came of it.
// `builds` has room for one build for each of detectors[], in their order: NULL, or what was
// compiled for it already. If the file is FINE or NOT_C, all are there afterwards, and they are
// what is to be judged. Those made here are talloc children of `context`, like the refusal's texts.
enum inspection tamper_inspect(void *context, const struct subject *subject, struct build **builds,
                               struct refusal *refusal, struct problem *problem);
