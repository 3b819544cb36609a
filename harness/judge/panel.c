#include "panel.h"

#include "run/lost.h"

#include <string.h>

bool abstains_as_promised(const struct exercise *exercise, const struct detector *detector,
                          enum verdict verdict)
{
    return verdict == VERDICT_ABSTAINS && exercise &&
           exercise_does_without(exercise, detector->name);
}

// Whether nobody else is sure to see the exercise's bug (never with `exercise` NULL): the program
// may do what drives this judge away, and keep the bug.
static bool abstains_though_needed(const struct exercise *exercise, const struct detector *detector,
                                   enum verdict verdict)
{
    return verdict == VERDICT_ABSTAINS && exercise && exercise_relies_on(exercise, detector->name);
}

bool abstention_counts(const struct judgement *judgement)
{
    const struct exercise *exercise = judgement->subject->exercise;
    const char *note = judgement->reading.note;
    if (judgement->verdict != VERDICT_ABSTAINS || !exercise ||
        exercise_does_without(exercise, judgement->detector->name))
        return false;
    bool lost = judgement->reading.state == READING_UNFOLLOWED && note &&
                (strcmp(note, LOST_COMPUTING) == 0 || strcmp(note, LOST_BLOCKED) == 0);
    return lost || abstains_though_needed(exercise, judgement->detector, judgement->verdict);
}

void panel_add(struct panel *panel, const struct exercise *exercise,
               const struct detector *detector, enum verdict verdict)
{
    if (abstains_as_promised(exercise, detector, verdict))
        return;
    panel->at_fault += verdict_is_against(verdict);
    panel->failed += verdict == VERDICT_UNGRADABLE;
    panel->missed += abstains_though_needed(exercise, detector, verdict);
    panel->kinds[detector->finds_races].asked++;
    panel->kinds[detector->finds_races].judged += verdict != VERDICT_ABSTAINS;
}

enum decision panel_decide(const struct panel *panel)
{
    if (panel->at_fault > 0)
        return DECISION_AT_FAULT;
    if (panel->failed > 0 || panel->missed > 0)
        return DECISION_OPEN;
    for (int i = 0; i < 2; i++)
        if (panel->kinds[i].asked > 0 && panel->kinds[i].judged == 0)
            return DECISION_OPEN;
    return DECISION_CLEAN;
}
