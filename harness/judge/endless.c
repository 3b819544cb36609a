// See endless.h.

#include "endless.h"

#include <talloc.h>

// Whether none of a search's schedules came to an end within the steps that the explorer follows.
static bool is_endless(const struct search *search)
{
    return search->unended > 0 && search->unended >= search->schedules;
}

// Whether main was still preparing an endless scene, alone: there is nobody that it could wait for.
static bool is_long_way(const struct search *search)
{
    return search->scene && search->threads == 1 && is_endless(search);
}

// Preparing may take long in a few scenes, those with very many things; in most of them it cannot.
static bool are_long_ways_few(const struct reading *reading)
{
    size_t long_ways = 0, ended = 0;
    for (size_t i = 0; i < reading->search_count; i++) {
        const struct search *search = &reading->searches[i];
        long_ways += is_long_way(search);
        ended += search->scene && !is_endless(search);
    }
    return long_ways < ended;
}

const struct search *endless_scene(const struct reading *reading)
{
    bool few = are_long_ways_few(reading);
    for (size_t i = 0; i < reading->search_count; i++) {
        const struct search *search = &reading->searches[i];
        if (search->scene && is_endless(search) && !(few && is_long_way(search)))
            return search;
    }
    return NULL;
}

bool endless_wholly(const struct reading *reading)
{
    bool endless = reading->search_count > 0;
    for (size_t i = 0; i < reading->search_count; i++)
        endless = endless && is_endless(&reading->searches[i]);
    return endless;
}

char *endless_told(const void *context, const struct search *scene)
{
    if (scene->schedules == 1)
        return talloc_asprintf(context, "a schedule of the scene \"%s\" comes to no end",
                               scene->scene);
    return talloc_asprintf(context, "none of %ld schedules of the scene \"%s\" came to an end",
                           scene->schedules, scene->scene);
}
