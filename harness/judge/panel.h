// What the judgements of several judges on one program come to. A judge that abstains leaves the
// decision to the others, where they can make it without it (absence.h), and enough have judged.
#pragma once

#include "absence.h"

enum decision {
    DECISION_CLEAN,    // nobody found a fault, and enough have looked
    DECISION_AT_FAULT, // somebody found one, whatever the others say
    DECISION_OPEN,     // a tool failed, too few have judged, or not the one that matters
};

// All of a judgement that matters to a panel: what is to be kept where it is to decide again later.
struct vote {
    const struct detector *detector;
    enum verdict verdict;
    enum absence absence;
};

struct vote vote_of(const struct judgement *judgement);

// Votes on one program, counted. Zero to begin with.
struct panel {
    size_t at_fault;               // verdicts against the program
    size_t failed;                 // tools that failed
    const struct detector *missed; // one that is needed, and abstains; NULL: none
    struct {
        size_t asked, judged;
    } kinds[2]; // those who see results only, and those who find races
};

// A judgement, or the vote that was kept of one.
void panel_hear(struct panel *panel, const struct judgement *judgement);
void panel_add(struct panel *panel, struct vote vote);

// Too few have judged if, of those who find races or of those who see results, some were asked and
// all have abstained.
enum decision panel_decide(const struct panel *panel);

// Where abstentions leave open what is to be said of the program called `name`: that they do, and
// what can be done. Sentences to be shown below the judges' reasons, a talloc child of `context`.
// NULL where it is decided, or a tool failed.
char *panel_tell_open(const void *context, const struct panel *panel, const char *name);
