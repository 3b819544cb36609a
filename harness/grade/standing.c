#include "standing.h"

#include "judge/panel.h"

static enum verdict verdict_of(const json_t *judgement)
{
    const char *name = json_string_value(json_object_get(judgement, "verdict"));
    return name ? verdict_find(name) : VERDICT_UNGRADABLE;
}

// A judge that this course does not know, of an older assessment, is taken for one who finds races.
static const struct detector *detector_of(const json_t *judgement)
{
    const char *name = json_string_value(json_object_get(judgement, "detector"));
    const struct detector *detector = name ? detector_find(name) : NULL;
    return detector ? detector : &explore_detector;
}

static const char *reason_of(const json_t *json)
{
    const char *reason = json_string_value(json_object_get(json, "reason"));
    return reason ? reason : "";
}

enum standing standing_of(const json_t *assessment)
{
    static const enum standing standings[] = {[DECISION_CLEAN] = STANDING_PASSED,
                                              [DECISION_AT_FAULT] = STANDING_FAILED,
                                              [DECISION_OPEN] = STANDING_UNGRADABLE};
    size_t index;
    json_t *judgement;
    struct panel panel = {0};
    const json_t *refused = json_object_get(assessment, "refused");
    if (json_is_object(refused))
        return json_is_true(json_object_get(refused, "tampering")) ? STANDING_REFUSED
                                                                   : STANDING_NOT_ALLOWED;
    json_array_foreach(json_object_get(assessment, "judgements"), index, judgement)
    {
        if (!json_is_true(json_object_get(judgement, "as_promised"))) // an abstention
            panel_add(&panel, NULL, detector_of(judgement), verdict_of(judgement));
        panel.missed += json_is_true(json_object_get(judgement, "needed"));
    }
    return standings[panel_decide(&panel)];
}

static const char *reason_of_first(const json_t *assessment, bool (*is_wanted)(enum verdict))
{
    size_t index;
    json_t *judgement;
    json_array_foreach(json_object_get(assessment, "judgements"), index, judgement)
    {
        if (is_wanted(verdict_of(judgement)))
            return reason_of(judgement);
    }
    return NULL;
}

static bool is_failure(enum verdict verdict)
{
    return verdict == VERDICT_UNGRADABLE;
}

static bool is_abstention(enum verdict verdict)
{
    return verdict == VERDICT_ABSTAINS;
}

const char *standing_reason(const json_t *assessment, enum standing standing)
{
    const char *failure = NULL;
    if (standing == STANDING_REFUSED || standing == STANDING_NOT_ALLOWED)
        return reason_of(json_object_get(assessment, "refused"));
    if (standing == STANDING_FAILED)
        return reason_of_first(assessment, verdict_is_against);
    if (standing == STANDING_UNGRADABLE)
        failure = reason_of_first(assessment, is_failure);
    return failure ? failure : reason_of_first(assessment, is_abstention);
}
