#include "alike_json.h"

#include "alike.h"
#include "judge/verdict.h"

#include <string.h>
#include <talloc.h>

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static bool same_text(const json_t *one, const json_t *other, const char *key)
{
    const char *a = text_of(one, key), *b = text_of(other, key);
    return a && b && strcmp(a, b) == 0;
}

static struct trace trace_of(const void *context, const json_t *access)
{
    struct place *place = talloc_zero(context, struct place);
    place->file = text_of(access, "file");
    place->line = (int)json_integer_value(json_object_get(access, "line"));
    return (struct trace){place, 1};
}

// As much of a finding as tells it from others.
static struct finding finding_of(const void *context, const json_t *json)
{
    const json_t *accesses = json_object_get(json, "accesses");
    const char *kind = text_of(json, "kind");
    size_t count = json_array_size(accesses);
    struct finding finding = {
        .kind = kind_find(kind ? kind : ""),
        .variable = text_of(json, "variable"),
        .accesses = talloc_zero_array(context, struct access, (unsigned)count),
        .access_count = count,
    };
    for (size_t i = 0; i < count; i++)
        finding.accesses[i].trace = trace_of(context, json_array_get(accesses, i));
    return finding;
}

static struct reading reading_of(const void *context, const json_t *judgement)
{
    size_t i;
    json_t *json;
    struct reading reading = {0};
    json_array_foreach(json_object_get(judgement, "findings"), i, json)
    {
        const struct finding finding = finding_of(context, json);
        reading_add(context, &reading, &finding);
    }
    return reading;
}

static bool same_races(const json_t *judgement, const json_t *earlier)
{
    void *scratch = talloc_new(NULL);
    const struct reading reading = reading_of(scratch, judgement);
    const struct reading told = reading_of(scratch, earlier);
    bool same = races_are_told(&reading, &told);
    talloc_free(scratch);
    return same;
}

bool tells_nothing_new(const json_t *judgement, const json_t *earlier)
{
    const char *verdict = text_of(judgement, "verdict");
    switch (verdict ? verdict_find(verdict) : VERDICT_COUNT) {
    case VERDICT_DOES_NOT_BUILD:
        return same_text(judgement, earlier, "verdict") && same_text(judgement, earlier, "reason");
    case VERDICT_REPORTED: return same_races(judgement, earlier);
    default: return false;
    }
}
