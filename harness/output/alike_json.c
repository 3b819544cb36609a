#include "alike_json.h"

#include "judge/finding.h"
#include "judge/verdict.h"

#include <string.h>

static bool same_text(const json_t *one, const json_t *other, const char *key)
{
    const char *a = json_string_value(json_object_get(one, key));
    const char *b = json_string_value(json_object_get(other, key));
    return a && b && strcmp(a, b) == 0;
}

static bool is_kind(const json_t *finding, enum kind kind)
{
    const char *name = json_string_value(json_object_get(finding, "kind"));
    return name && strcmp(name, kind_name(kind)) == 0;
}

// Whether two accesses are known to be in one place.
static bool meet(const json_t *one, const json_t *other)
{
    return same_text(one, other, "file") &&
           json_equal(json_object_get(one, "line"), json_object_get(other, "line"));
}

// Whether two findings are one data race: the same two places, whichever of them came first.
static bool same_race(const json_t *one, const json_t *other)
{
    const json_t *accesses = json_object_get(one, "accesses");
    const json_t *others = json_object_get(other, "accesses");
    const json_t *variable = json_object_get(one, "variable");
    const json_t *named = json_object_get(other, "variable");
    if (!is_kind(one, KIND_DATA_RACE) || !is_kind(other, KIND_DATA_RACE) ||
        json_array_size(accesses) != 2 || json_array_size(others) != 2)
        return false;
    if (json_is_string(variable) && json_is_string(named) && !json_equal(variable, named))
        return false;
    const json_t *a = json_array_get(accesses, 0), *b = json_array_get(accesses, 1);
    const json_t *c = json_array_get(others, 0), *d = json_array_get(others, 1);
    return (meet(a, c) && meet(b, d)) || (meet(a, d) && meet(b, c));
}

static bool has_race(const json_t *findings, const json_t *race)
{
    size_t i;
    json_t *finding;
    json_array_foreach(findings, i, finding) if (same_race(race, finding)) return true;
    return false;
}

// Whether all that counts among the findings is a data race that is also among those of another
// judge; false if there is nothing.
static bool races_are_told(const json_t *findings, const json_t *earlier)
{
    size_t i, shared = 0;
    json_t *finding;
    json_array_foreach(findings, i, finding)
    {
        if (is_kind(finding, KIND_ADVICE))
            continue;
        if (!has_race(earlier, finding))
            return false;
        shared++;
    }
    return shared > 0;
}

bool tells_nothing_new(const json_t *judgement, const json_t *earlier)
{
    const char *verdict = json_string_value(json_object_get(judgement, "verdict"));
    switch (verdict ? verdict_find(verdict) : VERDICT_COUNT) {
    case VERDICT_DOES_NOT_BUILD:
        return same_text(judgement, earlier, "verdict") && same_text(judgement, earlier, "reason");
    case VERDICT_REPORTED:
        return races_are_told(json_object_get(judgement, "findings"),
                              json_object_get(earlier, "findings"));
    default: return false;
    }
}
