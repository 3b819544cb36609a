#include "absence.h"

#include "run/lost.h"

#include <string.h>
#include <talloc.h>

static bool was_lost(const struct judgement *judgement)
{
    const char *note = judgement->reading.note;
    return judgement->reading.state == READING_UNFOLLOWED && note &&
           (strcmp(note, LOST_COMPUTING) == 0 || strcmp(note, LOST_BLOCKED) == 0);
}

enum absence absence_of(const struct judgement *judgement)
{
    const struct exercise *exercise = judgement->subject->exercise;
    const char *judge = judgement->detector->name;
    if (judgement->verdict != VERDICT_ABSTAINS || !exercise)
        return ABSENCE_COVERED;
    if (exercise_does_without(exercise, judge))
        return ABSENCE_PROMISED;
    return was_lost(judgement) || exercise_relies_on(exercise, judge) ? ABSENCE_NEEDED
                                                                      : ABSENCE_COVERED;
}

void absence_say(void *context, struct judgement *judgement)
{
    if (judgement->verdict != VERDICT_ABSTAINS)
        return;
    const char *who = absence_of(judgement) != ABSENCE_NEEDED ? "the others decide"
                      : was_lost(judgement)
                          ? "no answer needs that, so nothing is decided while it is there"
                          : "it alone is sure to see this bug, so nothing is decided without it";
    judgement->reason = talloc_asprintf(context, "%s; %s", judgement->reason, who);
}
