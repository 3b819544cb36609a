#include "panel.h"

bool abstains_as_promised(const struct exercise *exercise, const struct detector *detector,
                          enum verdict verdict)
{
    return verdict == VERDICT_ABSTAINS && exercise &&
           exercise_does_without(exercise, detector->name);
}

void panel_add(struct panel *panel, const struct exercise *exercise,
               const struct detector *detector, enum verdict verdict)
{
    if (abstains_as_promised(exercise, detector, verdict))
        return;
    panel->at_fault += verdict_is_against(verdict);
    panel->failed += verdict == VERDICT_UNGRADABLE;
    panel->kinds[detector->finds_races].asked++;
    panel->kinds[detector->finds_races].judged += verdict != VERDICT_ABSTAINS;
}

enum decision panel_decide(const struct panel *panel)
{
    if (panel->at_fault > 0)
        return DECISION_AT_FAULT;
    if (panel->failed > 0)
        return DECISION_OPEN;
    for (int i = 0; i < 2; i++)
        if (panel->kinds[i].asked > 0 && panel->kinds[i].judged == 0)
            return DECISION_OPEN;
    return DECISION_CLEAN;
}
