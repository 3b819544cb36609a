// One exercise on the desk: its files are watched, and judged whenever they are saved. Knows files
// and judges; nothing of what is shown. Called by desk.c, in one thread.
#pragma once

#include "base/saves.h"
#include "judge/hearing.h"
#include "judge/panel.h"

enum { JUDGES_MOST = 8 };

struct sitting {
    const struct course *course;
    const struct exercise *exercise;
    const struct detector *const *judges; // NULL-terminated
    struct subject *subject;
    struct saves *saves;
    struct hearing *hearing; // NULL: nobody is at work
    const char *hash;        // of the files that are judged, or were; NULL: one cannot be read
    const struct judgement *heard[JUDGES_MOST]; // verdicts on them in the order in which they came
    size_t heard_count;                         // they belong to the hearing
};

// Begins to watch; judges nothing yet. `ahead` (NULL: none) may build it. A talloc child of
// `context`, whose end ends the watching. NULL with `problem` filled.
struct sitting *sitting_open(const void *context, const struct course *course,
                             const struct exercise *exercise, const struct detector *const *judges,
                             bool poll, struct ahead *ahead, struct problem *problem);

// Sets the judges to work on the files as they are now; stops those that are at work. Returns false
// with `problem` filled if there is nothing to judge, or it cannot be judged.
bool sitting_judge(struct sitting *sitting, struct problem *problem);

// Whether the files were saved, and are other than those judged.
bool sitting_is_changed(struct sitting *sitting);

// The next verdict, which is remembered; NULL: none for now.
const struct judgement *sitting_hear(struct sitting *sitting);

// Records a verdict for good, which may take as long as a disk does.
void sitting_record(const struct sitting *sitting, const struct judgement *judgement);

// Whether all judges were heard, and whether that makes it done, or decides nothing.
bool sitting_is_over(const struct sitting *sitting);
bool sitting_is_done(const struct sitting *sitting);
bool sitting_is_open(const struct sitting *sitting);

// Where abstentions leave it open, what is to be said: as panel_tell_open.
char *sitting_tell_open(const void *context, const struct sitting *sitting);

// The verdict of a judge; NULL: it has not been heard.
const struct judgement *sitting_verdict(const struct sitting *sitting,
                                        const struct detector *detector);
