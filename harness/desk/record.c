#include "record.h"

#include "base/files.h"
#include "base/text.h"
#include "judge/panel.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

enum { RECORD_LIMIT = 4096 };

const char *state_name(enum state state)
{
    static const char *const names[] = {"not started", "edited", "failing", "done"};
    return names[state];
}

// What stands behind a verdict.
static const char *const absences[] = {[ABSENCE_COVERED] = "",
                                       [ABSENCE_PROMISED] = " as promised",
                                       [ABSENCE_NEEDED] = " though needed"};

// One small file a judgement, so that tests that run side by side do not write into each other's:
// "<SHA-256 of the edited files> <verdict>", and what is in absences[].
static char *record_path(const void *context, const char *exercise, const char *detector)
{
    return talloc_asprintf(context, ".racelings/%s.%s", exercise, detector);
}

static void write_record(const struct course *course, const char *path, const char *text)
{
    char *folder = path_join(NULL, course->root, ".racelings");
    mkdir(folder, 0777);
    talloc_free(folder);
    file_write(course->root, path, text, strlen(text), NULL);
}

void record_verdict_on(const struct course *course, const struct judgement *judgement,
                       const char *hash)
{
    if (judgement->verdict == VERDICT_UNGRADABLE)
        return;
    void *scratch = talloc_new(NULL);
    write_record(
        course, record_path(scratch, judgement->subject->exercise->name, judgement->detector->name),
        talloc_asprintf(scratch, "%s %s%s\n", hash, verdict_name(judgement->verdict),
                        absences[absence_of(judgement)]));
    talloc_free(scratch);
}

void record_verdict(const struct course *course, const struct judgement *judgement)
{
    const char *hash = exercise_hash(NULL, course, judgement->subject->exercise, NULL);
    if (hash)
        record_verdict_on(course, judgement, hash);
    talloc_free((void *)hash);
}

// What "abstains though needed" stands for. The verdict is VERDICT_COUNT if it is none.
static void read_vote(void *scratch, const char *text, struct vote *vote)
{
    size_t length = strcspn(text, "\n");
    vote->verdict = VERDICT_COUNT;
    for (enum absence absence = 0; vote->verdict == VERDICT_COUNT && absence <= ABSENCE_NEEDED;
         absence++) {
        size_t tail = strlen(absences[absence]);
        if (tail > length || strncmp(text + length - tail, absences[absence], tail) != 0)
            continue;
        vote->verdict = verdict_find(talloc_strndup(scratch, text, length - tail));
        vote->absence = absence;
    }
}

// What was recorded for the files with this hash; its verdict is VERDICT_COUNT if nothing was.
static struct vote recorded(void *scratch, const struct course *course,
                            const struct exercise *exercise, const struct detector *detector,
                            const char *hash)
{
    struct vote vote = {.detector = detector, .verdict = VERDICT_COUNT};
    char *text =
        file_read(scratch, course->root, record_path(scratch, exercise->name, detector->name),
                  RECORD_LIMIT, NULL, NULL);
    size_t length = strlen(hash);
    if (text && strncmp(text, hash, length) == 0 && text[length] == ' ')
        read_vote(scratch, text + length + 1, &vote);
    return vote;
}

// Where all judges together leave it.
static enum state state_judged(void *scratch, const struct course *course,
                               const struct exercise *exercise, const char *hash)
{
    struct panel panel = {0};
    bool all = true;
    for (size_t i = 0; detectors[i]; i++) {
        struct vote vote = recorded(scratch, course, exercise, detectors[i], hash);
        all = all && vote.verdict != VERDICT_COUNT;
        if (vote.verdict != VERDICT_COUNT)
            panel_add(&panel, vote);
    }
    enum decision decision = panel_decide(&panel);
    if (decision == DECISION_AT_FAULT)
        return STATE_FAILING; // whatever the others say
    return all && decision == DECISION_CLEAN ? STATE_DONE : STATE_UNKNOWN;
}

enum state record_state(const struct course *course, const struct exercise *exercise)
{
    void *scratch = talloc_new(NULL);
    const char *hash = exercise_hash(scratch, course, exercise, NULL);
    enum state state = STATE_DONE;
    if (!hash)
        state = STATE_UNKNOWN;
    else if (strcmp(hash, exercise->start) == 0)
        state = STATE_NOT_STARTED;
    if (state == STATE_DONE)
        state = state_judged(scratch, course, exercise, hash);
    talloc_free(scratch);
    return state;
}

int record_hints(const struct course *course, const struct exercise *exercise)
{
    void *scratch = talloc_new(NULL);
    const char *text =
        file_read(scratch, course->root, record_path(scratch, exercise->name, "hint"), RECORD_LIMIT,
                  NULL, NULL);
    int shown = text ? atoi(text) : 0;
    talloc_free(scratch);
    return shown > 0 ? shown : 0;
}

void record_set_hints(const struct course *course, const struct exercise *exercise, int shown)
{
    void *scratch = talloc_new(NULL);
    write_record(course, record_path(scratch, exercise->name, "hint"),
                 talloc_asprintf(scratch, "%d\n", shown));
    talloc_free(scratch);
}
