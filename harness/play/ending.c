// See ending.h.

#include "ending.h"

#include "judge/extent.h"

#include <string.h>
#include <talloc.h>

bool ending_is_failure(const struct finding *finding)
{
    return kind_counts(finding->kind) && finding->kind != KIND_DATA_RACE;
}

const struct finding *ending_failure_in(const struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++)
        if (ending_is_failure(&reading->findings[i]))
            return &reading->findings[i];
    return NULL;
}

char *ending_broken(const void *context, const struct position *position)
{
    return talloc_asprintf(context, "Broken, in %zu step%s: %s.", position->moves,
                           position->moves == 1 ? "" : "s",
                           player_sentence(context, position->finding));
}

char *ending_unbroken(const void *context, const struct reading *judged)
{
    const struct search *search = judged->search_count > 0 ? &judged->searches[0] : NULL;
    const char *number = extent_number(context, search ? search->schedules : 0);
    const char *plural = search && search->schedules == 1 ? "" : "s";
    if (ending_failure_in(judged))
        return talloc_strdup(context,
                             "This time all went well. Another order does not: can you break it?");
    if (judged->count > 0 && kind_counts(judged->findings[0].kind))
        return talloc_asprintf(context, "The result was right this time, but it is not safe: %s.",
                               player_sentence(context, &judged->findings[0]));
    if (search && search->exhausted)
        return talloc_asprintf(
            context, "Can you break it? You cannot: %s interleaving%s, all right.", number, plural);
    return talloc_asprintf(context,
                           "This time all went well, and so did %s schedule%s that the explorer "
                           "tried. There are more: can you break it?",
                           number, plural);
}

char *ending_replay(const void *context, const char *replay_name, const char *scene,
                    const char *schedule)
{
    char *typed = talloc_strdup(context, scene ? scene : "");
    for (char *blank = typed; (blank = strchr(blank, ' ')) != NULL;)
        *blank = '_';
    return talloc_asprintf(context, "racelings replay %s %s%s%s", replay_name, typed,
                           typed[0] ? "/" : "", schedule);
}
