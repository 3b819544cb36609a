// What the verdicts of several judges on one program come to. A judge that abstains leaves the
// decision to the others, as long as enough of them have judged, and one who would see the bug.
#pragma once

#include "course/course.h"
#include "judge.h"
#include "verdict.h"

enum decision {
    DECISION_CLEAN,    // nobody found a fault, and enough have looked
    DECISION_AT_FAULT, // somebody found one, whatever the others say
    DECISION_OPEN,     // a tool failed, too few have judged, or not the one that matters
};

// Verdicts on one program, counted. Zero to begin with.
struct panel {
    size_t at_fault; // verdicts against the program
    size_t failed;   // tools that failed
    size_t missed;   // abstentions of a judge that the exercise relies on
    struct {
        size_t asked, judged;
    } kinds[2]; // those who see results only, and those who find races
};

// Whether the verdict is an abstention that the exercise promises (never with `exercise` NULL).
bool abstains_as_promised(const struct exercise *exercise, const struct detector *detector,
                          enum verdict verdict);

// Whether an abstention is none that an exercise's program may cause and pass: the judge is needed,
// or it is the explorer, which was lost and not met with a call that it cannot follow. No answer
// has a reason to compute or to block for seconds.
bool abstention_counts(const struct judgement *judgement);

// `exercise`: whose program it is, or NULL: a judge that abstains as promised is not missed.
void panel_add(struct panel *panel, const struct exercise *exercise,
               const struct detector *detector, enum verdict verdict);

// Too few have judged if, of those who find races or of those who see results, some were asked and
// all have abstained.
enum decision panel_decide(const struct panel *panel);
