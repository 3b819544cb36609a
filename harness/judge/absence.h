// What it means that a judge abstains: whether the others may decide without it. Called by judge.c,
// which says so in the reason, and by whoever puts judgements together (panel.h).
#pragma once

#include "judge.h"

enum absence {
    ABSENCE_COVERED,  // the others decide; also of a judgement that is no abstention
    ABSENCE_PROMISED, // so they do, and the exercise says so beforehand: nobody misses the judge
    ABSENCE_NEEDED,   // nothing is decided without the judge
};

// Needed, of an exercise's judges, is the one that alone is promised to see the bug, for a program
// may do what drives it away and keep the bug; and the explorer where it got lost, and was not met
// with a call that it cannot follow: no answer has a reason to compute or to block for seconds.
enum absence absence_of(const struct judgement *judgement);

// Adds to the reason of an abstention who decides then; what is made is a talloc child of
// `context`.
void absence_say(void *context, struct judgement *judgement);
