#include "company.h"

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
    company->races += looked && reading_has_race(&judgement->reading);
}

bool company_excludes_races(const struct company *company, const struct judgement *judgement)
{
    return judgement->verdict == VERDICT_WRONG_RESULT && !judgement->detector->finds_races &&
           company->looked > 1 && company->races == 0 && company->abstained == 0 &&
           company->threads != 1;
}
