// racelings next: the first exercise that is not done.

#include "commands.h"
#include "common.h"

#include "course/starts.h"
#include "desk/advance.h"

#include <stdio.h>
#include <talloc.h>

static int run(const struct options *options)
{
    struct problem problem = {""};
    const struct course *course = open_course(options, options, &problem);
    if (course && options->names[0]) {
        problem_set(&problem, "next takes no name: it tells which exercise comes next");
        course = NULL;
    }
    if (!course)
        return usage_failure(&problem);
    starts_keep(course);
    struct advance advance = advance_look(course, NULL);
    if (advance.next)
        advance_introduce(stdout, course, advance.next);
    else
        advance_end(stdout, course);
    putchar('\n');
    advance_show(stdout, &advance);
    putchar('\n');
    return EXIT_AS_HOPED;
}

static const struct option_rule *const rules[] = {&option_course, NULL};

const struct subcommand next_command = {
    .name = "next",
    .arguments = "",
    .summary = "the first exercise that is not done",
    .help =
        "Shows the first exercise that is not done: its task, the file to mend, how far you are.",
    .options = rules,
    .run = run,
};
