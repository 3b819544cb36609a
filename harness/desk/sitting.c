#include "sitting.h"

#include "base/files.h"
#include "judge/subjects.h"
#include "record.h"

#include <string.h>
#include <talloc.h>

// Seconds after which all judges are at work, however few processors there are.
static const double patience = 0.3;

static int end_sitting(struct sitting *sitting)
{
    hearing_close(sitting->hearing);
    return 0;
}

struct sitting *sitting_open(const void *context, const struct course *course,
                             const struct exercise *exercise, const struct detector *const *judges,
                             bool poll, struct ahead *ahead, struct problem *problem)
{
    struct sitting *sitting = talloc_zero(context, struct sitting);
    *sitting = (struct sitting){.course = course, .exercise = exercise, .judges = judges};
    talloc_set_destructor(sitting, end_sitting);
    sitting->subject = subject_variant(sitting, course, exercise, "yours", problem);
    if (!sitting->subject) {
        talloc_free(sitting);
        return NULL;
    }
    sitting->subject->ahead = ahead;
    char *folder = path_join(sitting, course->root, exercise->folder);
    sitting->saves = saves_watch(sitting, folder, exercise->edit, poll);
    return sitting;
}

static void stop_judges(struct sitting *sitting)
{
    hearing_close(sitting->hearing);
    sitting->hearing = NULL;
    sitting->heard_count = 0;
}

bool sitting_judge(struct sitting *sitting, struct problem *problem)
{
    stop_judges(sitting);
    talloc_free((void *)sitting->hash);
    sitting->hash = exercise_hash(sitting, sitting->course, sitting->exercise, problem);
    if (sitting->hash)
        sitting->hearing = hearing_open(sitting->subject, sitting->judges, patience, problem);
    return sitting->hearing != NULL;
}

// Whether the files are those of `hash` (NULL: one cannot be read).
static bool are_files_of(const struct sitting *sitting, const char *hash)
{
    const char *now = exercise_hash(NULL, sitting->course, sitting->exercise, NULL);
    bool same = now && hash ? strcmp(now, hash) == 0 : !now && !hash;
    talloc_free((void *)now);
    return same;
}

bool sitting_is_changed(struct sitting *sitting)
{
    return saves_noticed(sitting->saves) && !are_files_of(sitting, sitting->hash);
}

const struct judgement *sitting_hear(struct sitting *sitting)
{
    const struct judgement *judgement = sitting->hearing ? hearing_take(sitting->hearing) : NULL;
    if (!judgement || sitting->heard_count == JUDGES_MOST)
        return NULL;
    sitting->heard[sitting->heard_count++] = judgement;
    return judgement;
}

void sitting_record(const struct sitting *sitting, const struct judgement *judgement)
{
    // Else they were saved meanwhile, and nobody knows what the compiler has read.
    if (are_files_of(sitting, sitting->hash))
        record_verdict_on(sitting->course, judgement, sitting->hash);
}

bool sitting_is_over(const struct sitting *sitting)
{
    return sitting->hearing && hearing_left(sitting->hearing) == 0;
}

static struct panel panel_of(const struct sitting *sitting)
{
    struct panel panel = {0};
    for (size_t i = 0; i < sitting->heard_count; i++)
        panel_hear(&panel, sitting->heard[i]);
    return panel;
}

bool sitting_is_done(const struct sitting *sitting)
{
    struct panel panel = panel_of(sitting);
    return sitting_is_over(sitting) && panel_decide(&panel) == DECISION_CLEAN;
}

bool sitting_is_open(const struct sitting *sitting)
{
    struct panel panel = panel_of(sitting);
    return sitting_is_over(sitting) && panel_decide(&panel) == DECISION_OPEN;
}

char *sitting_tell_open(const void *context, const struct sitting *sitting)
{
    struct panel panel = panel_of(sitting);
    return sitting_is_over(sitting) ? panel_tell_open(context, &panel, sitting->exercise->name)
                                    : NULL;
}

const struct judgement *sitting_verdict(const struct sitting *sitting,
                                        const struct detector *detector)
{
    for (size_t i = 0; i < sitting->heard_count; i++)
        if (sitting->heard[i]->detector == detector)
            return sitting->heard[i];
    return NULL;
}
