// Judgements of one subject told one after another, and nothing of it twice.
#pragma once

#include "judge/company.h"
#include "judge/judge.h"

#include <stdio.h>

enum { TOLD_MOST = 8 };

// What has been told of a subject; begins as {0}. Borrows the judgements.
struct telling {
    const struct subject *subject;
    const struct judgement *told[TOLD_MOST];
    size_t count;
    struct company company;
};

// To be called for each judgement of the subject before the first that it may matter to is told,
// also for those that are clean: what is told of one depends on what the others found.
void telling_hear(struct telling *telling, const struct judgement *judgement);

// Tells a judgement that is not clean: its story as explain_story does, but nothing if the same
// complaint of the compiler was told before, and a line if an earlier judge told all of its races.
void tell_story(FILE *out, struct telling *telling, const struct judgement *judgement);
