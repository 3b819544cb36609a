#include "extent.h"

#include "base/text.h"

#include <string.h>
#include <talloc.h>

char *extent_number(const void *context, long number)
{
    char *text = talloc_asprintf(context, "%ld", number);
    size_t digits = strlen(text);
    char *grouped = talloc_strdup(context, "");
    for (size_t i = 0; i < digits; i++) {
        if (i > 0 && (digits - i) % 3 == 0)
            grouped = talloc_strdup_append(grouped, ",");
        grouped = talloc_strndup_append(grouped, text + i, 1);
    }
    return grouped;
}

// The scenes of one kind, exhausted or not, or the driver if that is its kind.
struct sum {
    long schedules;
    size_t searches;
};

static struct sum sum_up(const struct reading *reading, bool scenes, bool exhausted)
{
    struct sum sum = {0};
    for (size_t i = 0; i < reading->search_count; i++) {
        const struct search *search = &reading->searches[i];
        if ((search->scene != NULL) != scenes || search->exhausted != exhausted)
            continue;
        sum.schedules += search->schedules;
        sum.searches++;
    }
    return sum;
}

static void add_part(const char ***parts, struct sum sum, bool scenes, bool exhausted)
{
    if (sum.searches == 0)
        return;
    const char *what = exhausted ? "interleaving" : "schedule";
    const char *number = extent_number(*parts, sum.schedules);
    const char *place =
        scenes ? talloc_asprintf(*parts, "%zu scene%s", sum.searches, sum.searches == 1 ? "" : "s")
               : "the driver";
    list_add(parts, sum.schedules == 1
                        ? talloc_asprintf(*parts, "the one %s of %s", what, place)
                        : talloc_asprintf(*parts, "%s%s %ss of %s", exhausted ? "all " : "", number,
                                          what, place));
}

char *extent_tell(const void *context, const struct reading *reading)
{
    void *scratch = talloc_new(NULL);
    const char **parts = list_new(scratch);
    add_part(&parts, sum_up(reading, true, true), true, true);
    add_part(&parts, sum_up(reading, true, false), true, false);
    add_part(&parts, sum_up(reading, false, true), false, true);
    add_part(&parts, sum_up(reading, false, false), false, false);
    long unended = 0, woken = 0, late = 0;
    for (size_t i = 0; i < reading->search_count; i++) {
        unended += reading->searches[i].unended;
        woken += reading->searches[i].woken;
        late += reading->searches[i].late;
    }
    if (woken > 0)
        list_add(&parts, talloc_asprintf(parts, "%s more with wake-ups that nobody signalled",
                                         extent_number(parts, woken)));
    if (late > 0)
        list_add(&parts, talloc_asprintf(parts, "%s more with stores that arrive late",
                                         extent_number(parts, late)));
    if (unended > 0)
        list_add(&parts, talloc_asprintf(parts, "%s of which were cut off before their end",
                                         extent_number(parts, unended)));
    char *text = list_join(context, parts, ", ");
    talloc_free(scratch);
    return text;
}
