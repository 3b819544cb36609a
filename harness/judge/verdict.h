// Report + exit status -> one verdict. Decides, and does nothing else: no file, no process, no
// output.
#pragma once

#include "judge/detectors/detector.h"

enum verdict {
    VERDICT_CLEAN,
    VERDICT_REPORTED,
    VERDICT_WRONG_RESULT,
    VERDICT_CRASHED,
    VERDICT_HUNG,
    VERDICT_FLOODED, // prints without end, or more than can be kept
    VERDICT_DOES_NOT_BUILD,
    VERDICT_REFUSED,
    VERDICT_ABSTAINS,   // the tool cannot judge such a program: the others decide (panel.h)
    VERDICT_UNGRADABLE, // the tool failed: says nothing about the program
    VERDICT_COUNT
};

// "clean", "wrong result", ... as the JSON output writes it.
const char *verdict_name(enum verdict verdict);

// The verdict called `name`; VERDICT_COUNT if there is none.
enum verdict verdict_find(const char *name);

// Whether it says that something is wrong with the program.
bool verdict_is_against(enum verdict verdict);

// The verdict on one run. `reason`, a talloc child of `context`, says in one sentence why, for
// every verdict but clean too. Findings weigh more than how the run ended, and the way it ended
// more than what it printed: a racy program that also hangs is `reported`.
enum verdict verdict_decide(const void *context, const struct detector *detector,
                            const struct outcome *outcome, const struct reading *reading,
                            const char **reason);

// The finding that decides; NULL if there is none that counts.
const struct finding *verdict_finding(const struct reading *reading);
