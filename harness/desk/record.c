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

// One small file a judgement, so that tests that run side by side do not write into each other's:
// "<SHA-256 of the edited files> <verdict>".
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
        talloc_asprintf(scratch, "%s %s\n", hash, verdict_name(judgement->verdict)));
    talloc_free(scratch);
}

void record_verdict(const struct course *course, const struct judgement *judgement)
{
    const char *hash = exercise_hash(NULL, course, judgement->subject->exercise, NULL);
    if (hash)
        record_verdict_on(course, judgement, hash);
    talloc_free((void *)hash);
}

// The verdict recorded for the files with this hash; VERDICT_COUNT: none.
static enum verdict recorded(void *scratch, const struct course *course,
                             const struct exercise *exercise, const char *detector,
                             const char *hash)
{
    char *text = file_read(scratch, course->root, record_path(scratch, exercise->name, detector),
                           RECORD_LIMIT, NULL, NULL);
    size_t length = strlen(hash);
    if (!text || strncmp(text, hash, length) != 0 || text[length] != ' ')
        return VERDICT_COUNT;
    text[strcspn(text, "\n")] = '\0';
    return verdict_find(text + length + 1);
}

// Where all judges together leave it.
static enum state state_judged(void *scratch, const struct course *course,
                               const struct exercise *exercise, const char *hash)
{
    struct panel panel = {0};
    bool all = true;
    for (size_t i = 0; detectors[i]; i++) {
        enum verdict verdict = recorded(scratch, course, exercise, detectors[i]->name, hash);
        all = all && verdict != VERDICT_COUNT;
        if (verdict != VERDICT_COUNT)
            panel_add(&panel, exercise, detectors[i], verdict);
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
