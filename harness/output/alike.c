#include "alike.h"

#include <string.h>

static bool same_place(const struct trace *one, const struct trace *other)
{
    const struct place *a = trace_own(one), *b = trace_own(other);
    return (!a && !b) || (a && b && a->line == b->line && strcmp(a->file, b->file) == 0);
}

// Whether a lock of one cycle and a lock of another are told alike. Names that are made up say
// nothing: they count the locks of their own cycle.
static bool same_link(const struct lock *one, const struct lock *other)
{
    bool same_name = !one->named || strcmp(one->name, other->name) == 0;
    return one->named == other->named && same_name && same_place(&one->taken, &other->taken) &&
           same_place(&one->wanted, &other->wanted);
}

// Whether two cycles are the same but for addresses, wherever they are begun.
static bool same_cycle(const struct finding *one, const struct finding *other)
{
    size_t count = one->lock_count;
    bool same = count == 0 && same_place(&one->where, &other->where);
    for (size_t shift = 0; !same && shift < count; shift++) {
        same = true;
        for (size_t i = 0; same && i < count; i++)
            same = same_link(&one->locks[i], &other->locks[(i + shift) % count]);
    }
    return same;
}

// Whether two findings of one judge tell the same story.
static bool same_story(const struct finding *one, const struct finding *other)
{
    if (one->kind == KIND_LOCK_ORDER && other->kind == KIND_LOCK_ORDER)
        return one->lock_count == other->lock_count && same_cycle(one, other);
    bool same = one->kind == other->kind && one->access_count == other->access_count &&
                same_place(&one->where, &other->where);
    for (size_t i = 0; same && i < one->access_count; i++)
        same = same_place(&one->accesses[i].trace, &other->accesses[i].trace);
    return same;
}

bool is_news(const struct reading *reading, size_t index)
{
    const struct finding *finding = &reading->findings[index];
    bool news = kind_counts(finding->kind);
    for (size_t i = 0; news && i < index; i++)
        news = !same_story(&reading->findings[i], finding);
    return news;
}

// Whether two traces are known to be in one place.
static bool meet(const struct trace *one, const struct trace *other)
{
    return trace_own(one) && same_place(one, other);
}

bool same_race(const struct finding *one, const struct finding *other)
{
    if (one->kind != KIND_DATA_RACE || other->kind != KIND_DATA_RACE || one->access_count != 2 ||
        other->access_count != 2)
        return false;
    const struct trace *a = &one->accesses[0].trace, *b = &one->accesses[1].trace;
    const struct trace *c = &other->accesses[0].trace, *d = &other->accesses[1].trace;
    bool same_name =
        !one->variable || !other->variable || strcmp(one->variable, other->variable) == 0;
    return same_name && ((meet(a, c) && meet(b, d)) || (meet(a, d) && meet(b, c)));
}

static bool has_race(const struct reading *reading, const struct finding *race)
{
    for (size_t i = 0; i < reading->count; i++)
        if (same_race(race, &reading->findings[i]))
            return true;
    return false;
}

bool races_are_told(const struct reading *reading, const struct reading *earlier)
{
    size_t shared = 0;
    for (size_t i = 0; i < reading->count; i++) {
        if (reading->findings[i].kind == KIND_ADVICE)
            continue;
        if (!has_race(earlier, &reading->findings[i]))
            return false;
        shared++;
    }
    return shared > 0;
}
