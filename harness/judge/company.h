// What the judgements of one program say together, and none of them alone.
#pragma once

#include "judge.h"

// Those heard so far. Begins as {0}.
struct company {
    size_t looked;       // judges that find races, and have judged
    size_t races;        // of them, those that found one
    size_t abstained;    // judges that find races, and cannot follow the program
    long threads;        // of the driver, where a judge has counted them; else 0
    bool explored_clean; // the judge that goes through schedules has found nothing
};

void company_hear(struct company *company, const struct judgement *judgement);

// Whether the result is wrong though nobody who looks for data races found one, and none of them
// abstained: it is not a race that makes it wrong. (One that abstains has met something, such as a
// fork, past which the others may not see either: each watches one process.) Asked of a judge that
// sees results only; the others say it themselves, or know better. Nor of a program of one thread,
// in which nothing can come in between.
bool company_excludes_races(const struct company *company, const struct judgement *judgement);

// Locks that are taken in opposite orders are a deadlock only where threads can be there at the
// same time: another lock, a semaphore or a join may keep them apart, which is not asked by who
// goes by the orders. Lets such a judge abstain, with its reason, where the judge that tries the
// schedules has found no deadlock, and nothing else is reported. What is made is a talloc child of
// `context`.
void company_doubt_deadlock(const void *context, const struct company *company,
                            struct judgement *judgement);
