// racelings reset NAME: the starting program again; what the student made of it is kept beside it.

#include "commands.h"
#include "common.h"

#include "base/terminal.h"
#include "base/text.h"
#include "course/starts.h"
#include "desk/record.h"

#include <stdio.h>
#include <talloc.h>

static int reset(const struct course *course, const struct exercise *exercise,
                 struct problem *problem)
{
    const char **kept = list_new(course);
    if (record_state(course, exercise) == STATE_NOT_STARTED) {
        char *line = talloc_asprintf(course, "%s/%s is as it was handed out: nothing to do.",
                                     exercise->folder, exercise->edit[0]);
        printf("%s\n", text_wrap(course, line, terminal_width(), 0));
        return EXIT_AS_HOPED;
    }
    if (!starts_restore(course, exercise, &kept, problem))
        return usage_failure(problem);
    record_set_hints(course, exercise, 0);
    printf("%s is as it was handed out.\n", exercise->name);
    for (size_t i = 0; kept[i]; i++)
        printf("Yours is kept: %s\n", kept[i]);
    return EXIT_AS_HOPED;
}

static int run(const struct options *options)
{
    struct problem problem = {""};
    const struct course *course = open_course(options, options, &problem);
    const struct exercise *exercise = course ? the_exercise(options, course, &problem) : NULL;
    return exercise ? reset(course, exercise, &problem) : usage_failure(&problem);
}

static const struct option_rule *const rules[] = {&option_course, NULL};

const struct subcommand reset_command = {
    .name = "reset",
    .arguments = "NAME",
    .summary = "begin an exercise anew",
    .help =
        "Puts the starting program of an exercise back. Your file is kept beside it, with a number: "
        "counter.c.1.mine, then counter.c.2.mine.",
    .first = VALUE_EXERCISE,
    .options = rules,
    .run = run,
};
