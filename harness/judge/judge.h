// One judgement, from source to verdict: build, run, let the detector read, decide. The only place
// that knows the order of these steps.
#pragma once

#include "build.h"
#include "confinement.h"
#include "course/course.h"
#include "halt.h"
#include "verdict.h"

#include <stdatomic.h>

// What is judged.
struct subject {
    const char *name;                // the exercise's, or the first file's
    const char *variant;             // "yours", "broken", "fixed", an answer's file, or "try"
    const struct exercise *exercise; // NULL for a program of one's own
    struct sources sources;
    const char *const *arguments; // for the program; NULL: the exercise's rounds
    const char *schedule;         // the only one a detector that explores runs; NULL: all
    double seconds;               // the clock for one run; 0: the detector's own
    atomic_bool *hangs; // set once a judge has seen it hang, the others then need not wait as long;
                        // NULL: they do
    const char *input;  // a file, the standard input of every run; NULL: empty
    struct ahead *ahead;                   // tools that may build it; NULL: none
    const struct confinement *confinement; // all runs inside the sandbox; NULL: outside
};

struct judgement {
    const struct subject *subject;
    const struct detector *detector;
    enum verdict verdict;
    const char *reason;     // one sentence
    double seconds;         // of all: building, running, reading
    int runs;               // how often it was run; the last run decided
    struct reading reading; // what the detector said of that run
    struct halt *halts;     // hung, outside the sandbox: where its threads were when it was ended
    size_t halt_count;
    const char *output;   // what the program printed in that run; "" if it never ran
    const char *messages; // what the compiler wrote
    bool races_excluded;  // by other judges: see company.h
};

// Judges `subject` under `detector`. Everything in `judgement` is a talloc child of `context`,
// which no other thread may use meanwhile. Cannot fail: what goes wrong on our side is
// VERDICT_UNGRADABLE.
void judge(void *context, const struct subject *subject, const struct detector *detector,
           struct judgement *judgement);

// The same in two halves, between which what was compiled can be looked at (`inspected`, see
// build_compile). The build is a talloc child of `context`; what goes wrong on our side is
// BUILD_FAILED.
struct build *judge_compile(void *context, const struct subject *subject,
                            const struct detector *detector, bool inspected);
void judge_compiled(void *context, const struct subject *subject, const struct detector *detector,
                    struct build *build, struct judgement *judgement);

// The second half for whoever is in a hurry to know: the folder that the program ran in, a talloc
// child of `context`, is still there (NULL: there is none). The judgement can do without it.
const char *judge_and_keep(void *context, const struct subject *subject,
                           const struct detector *detector, struct build *build,
                           struct judgement *judgement);

// The first half for several judges, one after the other: on one start of the compiler where that
// can be, for it takes longer than compiling a small file does. Each build was begun for its judge.
struct build *judge_begin_build(void *context, const struct subject *subject,
                                const struct detector *detector);
void judge_compile_all(const struct subject *subject, struct build *const *builds, size_t count,
                       bool inspected);

// Room for one build for each of detectors[], in their order: all NULL. A talloc child of
// `context`.
struct build **judge_no_builds(const void *context);

// Lets what was compiled with `inspected` false, and perhaps judged since, be looked at. False with
// `problem` filled if the harness failed.
bool judge_inspect_build(const struct subject *subject, struct build *build,
                         struct problem *problem);

// What the preprocessor makes of `text`, a C file of the subject's, under `detector`. A talloc
// child of `context`; NULL if the compiler rejects it or cannot be started.
char *judge_preprocess(void *context, const struct subject *subject,
                       const struct detector *detector, const char *text);

// The shell commands that do the same by hand: building into `folder` (an absolute path), then
// every run. A talloc child of `context`, a command a line, without a final newline.
char *judge_commands(void *context, const struct subject *subject, const struct detector *detector,
                     const char *folder);
