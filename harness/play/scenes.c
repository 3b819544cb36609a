// See scenes.h.

#include "scenes.h"

#include "base/nearest.h"
#include "base/text.h"

#include <talloc.h>

static bool is_called(const char *name, const char *typed)
{
    while (*name && (*name == *typed || (*name == ' ' && *typed == '_')))
        name++, typed++;
    return !*name && !*typed;
}

const struct search *scene_find(const struct reading *scenes, const char *typed,
                                struct problem *problem)
{
    void *scratch = talloc_new(NULL);
    const char **names = list_new(scratch);
    struct nearest nearest = {.typed = typed};
    const struct search *found = NULL;
    for (size_t i = 0; i < scenes->search_count && !found; i++) {
        const struct search *search = &scenes->searches[i];
        const char *name = search->scene ? search->scene : "driver";
        if (is_called(name, typed))
            found = search;
        list_add(&names, talloc_asprintf(names, "\"%s\"", name));
        nearest_offer(&nearest, name, name);
    }
    if (!found)
        problem_set(problem, "--scene takes one of %s, not \"%s\"%s%s",
                    list_join(scratch, names, ", "), typed, nearest.count ? ";" : "",
                    nearest_question(scratch, &nearest));
    talloc_free(scratch);
    return found;
}
