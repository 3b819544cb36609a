#include "telling.h"

#include "alike.h"
#include "explain.h"

#include <string.h>

static bool is_told_by(const struct finding *finding, const struct judgement *earlier)
{
    for (size_t i = 0; i < earlier->reading.count; i++)
        if (same_race(finding, &earlier->reading.findings[i]))
            return true;
    return false;
}

// Whether an earlier judge found all the races that this one found, and this one nothing else.
static bool agrees(const struct judgement *judgement, const struct judgement *earlier)
{
    size_t shared = 0;
    for (size_t i = 0; i < judgement->reading.count; i++) {
        if (judgement->reading.findings[i].kind == KIND_ADVICE)
            continue;
        if (!is_told_by(&judgement->reading.findings[i], earlier))
            return false;
        shared++;
    }
    return shared > 0;
}

static bool same_complaint(const struct judgement *judgement, const struct judgement *earlier)
{
    return judgement->verdict == VERDICT_DOES_NOT_BUILD &&
           earlier->verdict == VERDICT_DOES_NOT_BUILD &&
           strcmp(judgement->reason, earlier->reason) == 0;
}

static size_t count_news(const struct reading *reading)
{
    size_t count = 0;
    for (size_t i = 0; i < reading->count; i++)
        count += is_news(reading, i);
    return count;
}

// The first finding that counts: there is one.
static const struct finding *first_finding(const struct reading *reading)
{
    const struct finding *finding = reading->findings;
    while (finding->kind == KIND_ADVICE)
        finding++;
    return finding;
}

static void tell_agreement(FILE *out, const struct judgement *judgement,
                           const struct judgement *earlier)
{
    const char *variable = first_finding(&judgement->reading)->variable;
    fprintf(out, "%s and %s agree: ", earlier->detector->title, judgement->detector->title);
    if (count_news(&judgement->reading) > 1)
        fprintf(out, "the same data races.\n\n");
    else
        fprintf(out, "the same data race%s%s.\n\n", variable ? " on " : "",
                variable ? variable : "");
}

static void begin(struct telling *telling, const struct subject *subject)
{
    if (telling->subject != subject)
        *telling = (struct telling){.subject = subject};
}

void telling_hear(struct telling *telling, const struct judgement *judgement)
{
    begin(telling, judgement->subject);
    company_hear(&telling->company, judgement);
}

void tell_story(FILE *out, struct telling *telling, const struct judgement *judgement)
{
    begin(telling, judgement->subject);
    for (size_t i = 0; i < telling->count; i++) {
        const struct judgement *earlier = telling->told[i];
        if (same_complaint(judgement, earlier))
            return;
        if (judgement->verdict == VERDICT_REPORTED && agrees(judgement, earlier)) {
            tell_agreement(out, judgement, earlier);
            return;
        }
    }
    struct judgement in_company = *judgement;
    in_company.races_excluded |= company_excludes_races(&telling->company, judgement);
    explain_story(out, &in_company);
    if (telling->count < TOLD_MOST)
        telling->told[telling->count++] = judgement;
}
