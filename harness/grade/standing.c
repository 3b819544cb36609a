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

// What absence_of made of the judgement.
static struct vote vote_kept(const json_t *judgement)
{
    enum absence absence = json_is_true(json_object_get(judgement, "as_promised"))
                               ? ABSENCE_PROMISED
                           : json_is_true(json_object_get(judgement, "needed")) ? ABSENCE_NEEDED
                                                                                : ABSENCE_COVERED;
    return (struct vote){detector_of(judgement), verdict_of(judgement), absence};
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
        panel_add(&panel, vote_kept(judgement));
    }
    return standings[panel_decide(&panel)];
}

static const json_t *first_judgement(const json_t *assessment, bool (*is_wanted)(struct vote vote))
{
    size_t index;
    json_t *judgement;
    json_array_foreach(json_object_get(assessment, "judgements"), index, judgement)
    {
        if (is_wanted(vote_kept(judgement)))
            return judgement;
    }
    return NULL;
}

static bool is_against(struct vote vote)
{
    return verdict_is_against(vote.verdict);
}

static bool is_failure(struct vote vote)
{
    return vote.verdict == VERDICT_UNGRADABLE;
}

static bool is_missed(struct vote vote)
{
    return vote.absence == ABSENCE_NEEDED;
}

static bool is_abstention(struct vote vote)
{
    return vote.verdict == VERDICT_ABSTAINS;
}

static bool is_surprising(struct vote vote)
{
    return is_abstention(vote) && vote.absence != ABSENCE_PROMISED;
}

const json_t *standing_obstacle(const json_t *assessment)
{
    const json_t *obstacle = first_judgement(assessment, is_failure);
    if (!obstacle)
        obstacle = first_judgement(assessment, is_missed);
    return obstacle ? obstacle : first_judgement(assessment, is_surprising);
}

const char *standing_reason(const json_t *assessment, enum standing standing)
{
    const json_t *judgement = NULL;
    switch (standing) {
    case STANDING_REFUSED:
    case STANDING_NOT_ALLOWED: return reason_of(json_object_get(assessment, "refused"));
    case STANDING_FAILED: judgement = first_judgement(assessment, is_against); break;
    case STANDING_UNGRADABLE: judgement = standing_obstacle(assessment); break;
    default: judgement = first_judgement(assessment, is_abstention); break;
    }
    return judgement ? reason_of(judgement) : NULL;
}
