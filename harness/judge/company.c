#include "company.h"

#include <talloc.h>

void company_hear(struct company *company, const struct judgement *judgement)
{
    bool looked = judgement->detector->finds_races &&
                  (judgement->verdict == VERDICT_CLEAN || judgement->verdict == VERDICT_REPORTED ||
                   judgement->verdict == VERDICT_WRONG_RESULT);
    company->looked += looked;
    company->abstained +=
        judgement->detector->finds_races && judgement->verdict == VERDICT_ABSTAINS;
    for (size_t i = 0; i < judgement->reading.search_count; i++)
        if (!judgement->reading.searches[i].scene)
            company->threads = judgement->reading.searches[i].threads;
    company->explored_clean |= judgement->detector->explores && judgement->verdict == VERDICT_CLEAN;
    company->races += looked && reading_has_race(&judgement->reading);
}

bool company_excludes_races(const struct company *company, const struct judgement *judgement)
{
    return judgement->verdict == VERDICT_WRONG_RESULT && !judgement->detector->finds_races &&
           company->looked > 1 && company->races == 0 && company->abstained == 0 &&
           company->threads != 1;
}

// The lock-order inversion that is all there is in a reading; NULL if it is not all.
static const struct finding *lone_inversion(const struct reading *reading)
{
    const struct finding *inversion = NULL;
    for (size_t i = 0; i < reading->count; i++) {
        const struct finding *finding = &reading->findings[i];
        if (kind_counts(finding->kind) && finding->kind != KIND_LOCK_ORDER)
            return NULL;
        if (!inversion && finding->kind == KIND_LOCK_ORDER)
            inversion = finding;
    }
    return inversion;
}

void company_doubt_deadlock(const void *context, const struct company *company,
                            struct judgement *judgement)
{
    const struct finding *inversion =
        judgement->verdict == VERDICT_REPORTED && company->explored_clean
            ? lone_inversion(&judgement->reading)
            : NULL;
    if (!inversion)
        return;
    const struct place *place =
        inversion->lock_count > 0 ? trace_own(&inversion->locks[0].wanted) : NULL;
    judgement->verdict = VERDICT_ABSTAINS;
    judgement->reason = talloc_asprintf(
        context,
        "locks are taken in opposite orders%s. That is a deadlock if threads come there at the same "
        "time, of which %s knows nothing; the explorer, which tries the schedules, found none",
        place ? talloc_asprintf(context, " (%s:%d)", place->file, place->line) : "",
        judgement->detector->title);
}
