#include "standing.h"

#include "judge/verdict.h"

static enum verdict verdict_of(const json_t *judgement)
{
    const char *name = json_string_value(json_object_get(judgement, "verdict"));
    return name ? verdict_find(name) : VERDICT_UNGRADABLE;
}

static const char *reason_of(const json_t *json)
{
    const char *reason = json_string_value(json_object_get(json, "reason"));
    return reason ? reason : "";
}

enum standing standing_of(const json_t *assessment)
{
    size_t index;
    json_t *judgement;
    enum standing standing = STANDING_PASSED;
    if (json_is_object(json_object_get(assessment, "refused")))
        return STANDING_REFUSED;
    json_array_foreach(json_object_get(assessment, "judgements"), index, judgement)
    {
        enum verdict verdict = verdict_of(judgement);
        if (verdict == VERDICT_UNGRADABLE && standing == STANDING_PASSED)
            standing = STANDING_UNGRADABLE;
        else if (verdict != VERDICT_UNGRADABLE && verdict != VERDICT_CLEAN)
            standing = STANDING_FAILED;
    }
    return standing;
}

const char *standing_reason(const json_t *assessment, enum standing standing)
{
    size_t index;
    json_t *judgement;
    if (standing == STANDING_REFUSED)
        return reason_of(json_object_get(assessment, "refused"));
    json_array_foreach(json_object_get(assessment, "judgements"), index, judgement)
    {
        enum verdict verdict = verdict_of(judgement);
        bool ungradable = verdict == VERDICT_UNGRADABLE;
        if (verdict != VERDICT_CLEAN && ungradable == (standing == STANDING_UNGRADABLE))
            return reason_of(judgement);
    }
    return NULL;
}
