// What one student's standing in one exercise says in words: read from struct cell and its
// assessment (see class.h), once for all formats.

#include "cell.h"

#include "alike_json.h"
#include "base/text.h"
#include "grade/standing.h"
#include "judge/verdict.h"
#include "plain.h"

#include <string.h>
#include <talloc.h>

const char *json_text(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static bool is_failure(const json_t *judgement)
{
    const char *verdict = json_text(judgement, "verdict");
    return verdict && verdict_is_against(verdict_find(verdict));
}

static const json_t *judgement_at(const struct cell *cell, size_t index)
{
    return json_array_get(json_object_get(cell->assessment, "judgements"), index);
}

// The place among the judgements of the first failure before judgement `index` that tells all that
// this one does; `index` itself if there is none.
static size_t told_by(const struct cell *cell, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (is_failure(judgement_at(cell, i)) &&
            tells_nothing_new(judgement_at(cell, index), judgement_at(cell, i)))
            return i;
    return index;
}

const json_t *cell_next_failure(const struct cell *cell, size_t *index)
{
    for (const json_t *judgement; (judgement = judgement_at(cell, *index));) {
        size_t at = (*index)++;
        if (is_failure(judgement) && told_by(cell, at) == at)
            return judgement;
    }
    return NULL;
}

char *cell_agreement(const void *context, const struct cell *cell, const json_t *failure)
{
    const char **names = list_new(NULL), *name;
    bool judged = verdict_find(json_text(failure, "verdict")) != VERDICT_DOES_NOT_BUILD;
    for (size_t i = 0; judged && judgement_at(cell, i); i++) {
        const json_t *judgement = judgement_at(cell, i);
        if (is_failure(judgement) && judgement_at(cell, told_by(cell, i)) == failure &&
            judgement != failure && (name = json_text(judgement, "detector")))
            list_add(&names, name);
    }
    char *text = talloc_strdup(context, "");
    if (names[0])
        text =
            talloc_asprintf(context, "The same is found by %s.", list_join(names, names, " and "));
    talloc_free(names);
    return text;
}

bool cell_has_more(const struct student *student, const struct cell *cell)
{
    bool same = cell->message && student->message && strcmp(cell->message, student->message) == 0;
    if (cell->standing == STANDING_UNUSABLE && student->message && (same || !cell->message))
        return false;
    bool plain = cell->standing == STANDING_PASSED || cell->standing == STANDING_MISSING ||
                 cell->standing == STANDING_NOT_STARTED;
    return !plain || cell->message || cell->remark;
}

static const json_t *refusal_of(const struct cell *cell)
{
    const json_t *refusal = json_object_get(cell->assessment, "refused");
    bool refused = cell->standing == STANDING_REFUSED || cell->standing == STANDING_NOT_ALLOWED;
    return refused && json_is_object(refusal) ? refusal : NULL;
}

char *cell_refused_at(const void *context, const struct cell *cell)
{
    const json_t *refusal = refusal_of(cell);
    const char *file = json_text(refusal, "file");
    json_int_t line = json_integer_value(json_object_get(refusal, "line"));
    if (!file)
        return NULL;
    return line > 0 ? talloc_asprintf(context, "%s:%d", file, (int)line)
                    : talloc_strdup(context, file);
}

static char *refusal_message(const void *context, const struct cell *cell)
{
    char *at = cell_refused_at(NULL, cell);
    const char *reason = json_text(refusal_of(cell), "reason");
    bool tampering = cell->standing == STANDING_REFUSED;
    char *text = talloc_asprintf(
        context,
        tampering ? "Refused%s%s: %s It was not run and scores nothing; your instructor sees this "
                    "too."
                  : "Not allowed here%s%s: %s It was not run and scores nothing as it is. This is "
                    "no reproach: `racelings check` says the same before you hand in.",
        at ? " because of " : "", at ? at : "", reason ? reason : "");
    talloc_free(at);
    return text;
}

// Neither a judge's nor a tool's doing: its turn has not come.
static bool is_not_judged_yet(const struct cell *cell)
{
    return cell->standing == STANDING_UNGRADABLE && !cell->kept && !cell->assessment &&
           !cell->message;
}

static const char *ungradable_message(const struct cell *cell)
{
    const json_t *obstacle = standing_obstacle(cell->assessment);
    const char *verdict = json_text(obstacle, "verdict");
    if (!verdict || verdict_find(verdict) != VERDICT_ABSTAINS)
        return "This could not be graded, because a tool of ours failed. It is nothing you did; "
               "your instructor has been told. Until it is graded it counts neither for nor "
               "against you.";
    if (json_is_true(json_object_get(obstacle, "needed")))
        return "This could not be graded, because a judge without which nothing is decided cannot "
               "follow the program; your instructor has been told. Until it is graded it counts "
               "neither for nor against you.";
    return "This could not be graded, because too few of our judges can follow such a program; "
           "your instructor has been told. Until it is graded it counts neither for nor against "
           "you.";
}

// What there is to say of every cell of that standing; NULL: nothing.
static const char *standing_message(const struct cell *cell)
{
    if (is_not_judged_yet(cell))
        return "This is not judged yet. Until it is, it counts neither for nor against you.";
    switch (cell->standing) {
    case STANDING_MISSING: return "Nothing was handed in for this exercise.";
    case STANDING_UNUSABLE: return "What was handed in cannot be judged.";
    case STANDING_NOT_STARTED:
        return "These are the files as they were handed out: nothing was changed yet.";
    case STANDING_UNGRADABLE: return ungradable_message(cell);
    default: return NULL;
    }
}

char *cell_message(const void *context, const struct cell *cell)
{
    const char *standing = standing_message(cell);
    const char *reason = json_text(refusal_of(cell), "reason");
    bool told = cell->message && reason && strstr(cell->message, reason);
    const char **parts = list_new(NULL);
    if (cell->standing == STANDING_REFUSED || cell->standing == STANDING_NOT_ALLOWED)
        list_add(&parts, refusal_message(parts, cell));
    else if (standing && (cell->standing == STANDING_UNGRADABLE || !cell->message))
        list_add(&parts, standing);
    if (cell->message && !told)
        list_add(&parts, cell->message);
    if (cell->remark)
        list_add(&parts, talloc_asprintf(parts, "Note: %s", cell->remark));
    char *text = list_join(context, parts, " ");
    talloc_free(parts);
    return text;
}

char *cell_reason(const void *context, const struct cell *cell)
{
    size_t index = 0;
    const json_t *failure = cell->standing == STANDING_UNGRADABLE
                                ? standing_obstacle(cell->assessment)
                                : cell_next_failure(cell, &index);
    const char *detector = json_text(failure, "detector"), *reason = json_text(failure, "reason");
    const char *refused = json_text(refusal_of(cell), "reason");
    const char *standing = standing_message(cell);
    if (cell->standing == STANDING_PASSED)
        return talloc_strdup(context, "");
    if (refused)
        return talloc_strdup(context, refused);
    if (reason)
        return talloc_asprintf(context, "%s: %s", detector ? detector : "?", reason);
    if (cell->message)
        return talloc_strdup(context, cell->message);
    return talloc_strdup(context, standing ? standing : "");
}

char *cell_stories(const void *context, const struct cell *cell)
{
    const char **stories = list_new(NULL);
    size_t index = 0;
    for (const json_t *failure; (failure = cell_next_failure(cell, &index));) {
        const char *story = json_text(failure, "story");
        story = story ? story : json_text(failure, "reason");
        const char *agreement = cell_agreement(stories, cell, failure);
        list_add(&stories, plain_story(stories, story));
        if (agreement[0])
            list_add(&stories, talloc_asprintf(stories, "%s\n", agreement));
    }
    char *text = list_join(context, stories, "\n");
    talloc_free(stories);
    return text;
}

char *cell_points(const void *context, const struct cell *cell)
{
    if (cell->standing == STANDING_UNGRADABLE)
        return talloc_strdup(context, "not counted");
    char *points = plain_number(NULL, cell->points), *most = plain_number(points, cell->most);
    char *text = talloc_asprintf(context, "%s of %s", points, most);
    talloc_free(points);
    return text;
}

double cell_seconds(const struct cell *cell)
{
    const json_t *all = json_object_get(cell->assessment, "judgements");
    double seconds = 0;
    for (size_t i = 0; i < json_array_size(all); i++)
        seconds += json_number_value(json_object_get(json_array_get(all, i), "seconds"));
    return seconds;
}

char *cell_command(const void *context, const struct class *class, const struct student *student,
                   const struct cell *cell)
{
    const char **argv = list_new(NULL);
    list_add(&argv, "racelings");
    list_add(&argv, "grade");
    list_add(&argv, class->submissions);
    if (class->arguments)
        list_add_all(&argv, class->arguments);
    list_add(&argv, "--out");
    list_add(&argv, class->out);
    list_add(&argv, "--regrade");
    list_add(&argv, talloc_asprintf(argv, "%s/%s", student->id, cell->exercise->name));
    if (!class->sandboxed)
        list_add(&argv, "--unsafe");
    char *command = shell_quote(context, argv);
    talloc_free(argv);
    return command;
}
