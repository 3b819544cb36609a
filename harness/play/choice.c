// See choice.h.

#include "choice.h"

#include "judge/finding.h"

#include <talloc.h>

const char *choice_intention(const void *context, const struct choice *choice)
{
    const struct standing_thread *thread = choice->thread;
    const char *name = thread->name ? thread->name : "what has no name";
    if (thread->stand == STAND_SPINS)
        return talloc_asprintf(context, "looks again at %s", name);
    if (thread->stand == STAND_WAITS && thread->deed == DEED_JOIN)
        return talloc_asprintf(context, "waits for %s to end",
                               thread_name(context, (int)thread->object - 1));
    if (thread->stand == STAND_WAITS && thread->deed == DEED_WAKE)
        return talloc_asprintf(context, "waits to be woken from %s", name);
    if (thread->stand == STAND_WAITS)
        return talloc_asprintf(context, "waits for %s", thread->name ? thread->name : "another");
    if (!choice->next)
        return "";
    return choice->next->name ? talloc_asprintf(context, "%s %s", deed_name(choice->next->deed),
                                                choice->next->name)
                              : deed_name(choice->next->deed);
}

const struct place *choice_place(const struct choice *choice)
{
    return choice->next && choice->next->place.file ? &choice->next->place
                                                    : trace_own(&choice->thread->where);
}

bool choice_is_shown(const struct choice *choice)
{
    return choice->may_go ||
           (choice->thread->stand != STAND_ENDED && choice->thread->deed != DEED_JOIN);
}
