// racelings list [NAME...]: exercises with their states.

#include "commands.h"
#include "common.h"

#include "course/names.h"
#include "course/starts.h"
#include "desk/listing.h"
#include "desk/record.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

// Whether one of the exercises is on the track.
static bool leads_past(const struct course *course, const struct track *track,
                       const struct exercise *const *exercises)
{
    for (size_t i = 0; exercises[i]; i++)
        if (track_has(course, track->name, exercises[i]->chapter))
            return true;
    return false;
}

static void print_names(const struct course *course, const struct exercise *const *exercises)
{
    for (size_t i = 0; exercises[i]; i++) {
        if (i == 0 || strcmp(exercises[i]->chapter, exercises[i - 1]->chapter) != 0)
            printf("%s\n", exercises[i]->chapter);
        printf("%s\n", exercises[i]->name);
    }
    for (size_t i = 0; i < course->track_count; i++)
        if (leads_past(course, &course->tracks[i], exercises))
            printf("%s\n", course->tracks[i].name);
}

// {"exercises": [{"name": ..., "chapter": ..., "title": ..., "folder": ..., "bug": ..., "points":
// ..., "state": ...}]}
static void print_json(const struct course *course, const struct exercise *const *exercises)
{
    json_t *list = json_array();
    for (size_t i = 0; exercises[i]; i++) {
        const struct exercise *exercise = exercises[i];
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:s}", "name",
                                              exercise->name, "chapter", exercise->chapter, "title",
                                              exercise->title, "folder", exercise->folder, "bug",
                                              exercise->bug, "points", exercise->points, "state",
                                              state_name(record_state(course, exercise))));
    }
    json_t *object = json_pack("{s:o}", "exercises", list);
    char *text = json_dumps(object, JSON_INDENT(2));
    printf("%s\n", text);
    free(text);
    json_decref(object);
}

static int run(const struct options *options)
{
    struct problem problem = {""};
    const struct course *course = open_course(options, options, &problem);
    const struct exercise **exercises =
        course ? course_choose(options, course, options->names, &problem) : NULL;
    if (!exercises)
        return usage_failure(&problem);
    if (options->names_only)
        print_names(course, exercises);
    else if (options->json)
        print_json(course, exercises);
    else {
        starts_keep(course);
        listing_print(stdout, course, exercises, !options->names[0]);
    }
    return EXIT_AS_HOPED;
}

static const struct option_rule json = {
    .id = OPTION_PRINT_JSON,
    .name = "json",
    .help = "print it as JSON",
};
static const struct option_rule names = {
    .id = OPTION_NAMES,
    .name = "names",
    .help = "print only what a NAME can be, one a line",
};
static const struct option_rule *const rules[] = {&json, &names, &option_course, NULL};

const struct subcommand list_command = {
    .name = "list",
    .arguments = "[NAME...]",
    .summary = "every exercise and how far you are",
    .help =
        "Lists the exercises and chapters named, or the whole course, with the state of each: "
        "not started, edited (and not judged since), failing, or done. A bar for each chapter, and "
        "one for the course, show how far you are.",
    .first = VALUE_EXERCISE,
    .rest = VALUE_EXERCISE,
    .options = rules,
    .run = run,
};
