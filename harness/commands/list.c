// racelings list [NAME...]: exercises with their states.

#include "commands.h"
#include "common.h"

#include "base/terminal.h"
#include "course/names.h"
#include "record.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

static enum paint state_paint(enum state state)
{
    static const enum paint paints[] = {PAINT_FAINT, PAINT_ODD, PAINT_BAD, PAINT_GOOD};
    return paints[state];
}

static void print_list(const struct course *course, const struct exercise *const *exercises)
{
    const char *chapter = "";
    for (size_t i = 0; exercises[i]; i++) {
        const struct exercise *exercise = exercises[i];
        enum state state = record_state(course, exercise);
        if (strcmp(chapter, exercise->chapter) != 0)
            printf("%s%s%s%s\n", i > 0 ? "\n" : "", paint(PAINT_STRONG), exercise->chapter,
                   paint(PAINT_OFF));
        chapter = exercise->chapter;
        printf("  %s %-16s %s%-12s%s %s\n", exercise->number, exercise->name,
               paint(state_paint(state)), state_name(state), paint(PAINT_OFF), exercise->title);
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

int command_list(int argc, char **argv)
{
    void *context = talloc_new(NULL);
    struct problem problem = {""};
    bool json = false;
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--json") == 0) { // takes no file here: a list has nothing to judge
            json = true;
            memmove(&argv[i], &argv[i + 1], sizeof *argv * (size_t)(argc-- - i));
            i--;
        }
    const struct options *options = options_read(context, "list", "r", argc, argv, &problem);
    const struct course *course = options ? course_load(context, options->root, detector_names,
                                                        COURSE_WITHOUT_ANSWERS, &problem)
                                          : NULL;
    const struct exercise **exercises =
        course ? course_choose(context, course, (const char *const *)options->names, &problem)
               : NULL;
    int status = EXIT_AS_HOPED;
    if (!exercises)
        status = usage_failure(&problem);
    else if (json)
        print_json(course, exercises);
    else
        print_list(course, exercises);
    talloc_free(context);
    return status;
}
