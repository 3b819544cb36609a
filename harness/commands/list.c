// racelings list [NAME...]: exercises with their states.

#include "commands.h"
#include "common.h"

#include "base/terminal.h"
#include "course/names.h"
#include "course/starts.h"
#include "desk/advance.h"
#include "desk/record.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

enum { BAR = 42 };

static enum paint state_paint(enum state state)
{
    static const enum paint paints[] = {PAINT_FAINT, PAINT_ODD, PAINT_BAD, PAINT_GOOD};
    return paints[state];
}

// "1-lost-updates                [##-----] 2 of 7": of the whole chapter, whatever is listed of it.
static void print_chapter(const struct course *course, const char *chapter)
{
    size_t done = 0, count = 0;
    for (size_t i = 0; i < course->count; i++) {
        if (strcmp(course->exercises[i]->chapter, chapter) != 0)
            continue;
        count++;
        done += record_state(course, course->exercises[i]) == STATE_DONE;
    }
    char *bar = advance_bar(NULL, done, count, count + 2);
    printf("%s%-19s%s %s %zu of %zu\n", paint(PAINT_STRONG), chapter, paint(PAINT_OFF), bar, done,
           count);
    talloc_free(bar);
}

static void print_list(const struct course *course, const struct exercise *const *exercises)
{
    const char *chapter = "";
    for (size_t i = 0; exercises[i]; i++) {
        const struct exercise *exercise = exercises[i];
        enum state state = record_state(course, exercise);
        if (strcmp(chapter, exercise->chapter) != 0) {
            printf("%s", i > 0 ? "\n" : "");
            print_chapter(course, exercise->chapter);
        }
        chapter = exercise->chapter;
        printf("  %s %-16s %s%-12s%s %s\n", exercise->number, exercise->name,
               paint(state_paint(state)), state_name(state), paint(PAINT_OFF), exercise->title);
    }
}

static void print_whole(const struct course *course)
{
    struct advance advance = advance_look(course, NULL);
    char *bar = advance_bar(NULL, advance.done, advance.count, BAR);
    printf("\n%s %zu of %zu done", bar, advance.done, advance.count);
    if (advance.next)
        printf(", next: %s", advance.next->name);
    printf("\n");
    talloc_free(bar);
}

static void print_names(const struct exercise *const *exercises)
{
    for (size_t i = 0; exercises[i]; i++) {
        if (i == 0 || strcmp(exercises[i]->chapter, exercises[i - 1]->chapter) != 0)
            printf("%s\n", exercises[i]->chapter);
        printf("%s\n", exercises[i]->name);
    }
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
        print_names(exercises);
    else if (options->json)
        print_json(course, exercises);
    else {
        starts_keep(course);
        print_list(course, exercises);
        if (!options->names[0])
            print_whole(course);
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
