#include "panel.h"

#include <talloc.h>

struct vote vote_of(const struct judgement *judgement)
{
    return (struct vote){judgement->detector, judgement->verdict, absence_of(judgement)};
}

void panel_hear(struct panel *panel, const struct judgement *judgement)
{
    panel_add(panel, vote_of(judgement));
}

void panel_add(struct panel *panel, struct vote vote)
{
    if (vote.absence == ABSENCE_PROMISED)
        return;
    panel->at_fault += verdict_is_against(vote.verdict);
    panel->failed += vote.verdict == VERDICT_UNGRADABLE;
    if (vote.absence == ABSENCE_NEEDED)
        panel->missed = vote.detector;
    panel->kinds[vote.detector->finds_races].asked++;
    panel->kinds[vote.detector->finds_races].judged += vote.verdict != VERDICT_ABSTAINS;
}

// Whether of those who find races, or of those who do not, some were asked and all have abstained.
static bool have_all_abstained(const struct panel *panel, bool finds_races)
{
    return panel->kinds[finds_races].asked > 0 && panel->kinds[finds_races].judged == 0;
}

enum decision panel_decide(const struct panel *panel)
{
    if (panel->at_fault > 0)
        return DECISION_AT_FAULT;
    bool open = panel->failed > 0 || panel->missed || have_all_abstained(panel, true) ||
                have_all_abstained(panel, false);
    return open ? DECISION_OPEN : DECISION_CLEAN;
}

char *panel_tell_open(const void *context, const struct panel *panel, const char *name)
{
    if (panel_decide(panel) != DECISION_OPEN || panel->failed > 0)
        return NULL;
    char *told = talloc_asprintf(
        context, "Nothing is decided about %s, which may be right or wrong. ", name);
    if (panel->missed)
        told =
            talloc_asprintf_append(told, "%s has to judge it, and abstains", panel->missed->title);
    else
        told = talloc_strdup_append(
            told, have_all_abstained(panel, true)
                      ? "A judge that finds races has to judge it, and all that were asked abstain"
                      : "The plain run has to judge it, and abstains");
    return talloc_strdup_append(told, ", for the reason above: take out of the program what stands "
                                      "in the way, and judge again.");
}
