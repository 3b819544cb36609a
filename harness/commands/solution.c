// racelings solution NAME: the solution's text, once the exercise is done.

#include "commands.h"
#include "common.h"

#include "base/terminal.h"
#include "course/pages.h"
#include "desk/record.h"

#include <stdio.h>
#include <talloc.h>

static bool may_see(const struct options *options, const struct course *course,
                    const struct exercise *exercise, struct problem *problem)
{
    return options->anyway || record_state(course, exercise) == STATE_DONE ||
           problem_set(
               problem,
               "%s is not done yet: its solution comes after \"racelings check %s\" is clean. "
               "\"racelings hint %s\" helps until then",
               exercise->name, exercise->name, exercise->name);
}

static int show(const struct course *course, const struct exercise *exercise,
                struct problem *problem)
{
    const char *page = solution_read(course, course, exercise, problem);
    if (!page)
        return usage_failure(problem);
    printf("%s\n", page_fit(page, page, terminal_width()));
    for (size_t i = 0; exercise->edit[i]; i++)
        printf("The file: %s/%s\n", solution_folder(page, course, exercise), exercise->edit[i]);
    return EXIT_AS_HOPED;
}

static int run(const struct options *options)
{
    struct problem problem = {""};
    const struct course *course = open_course(options, options, &problem);
    const struct exercise *exercise = course ? the_exercise(options, course, &problem) : NULL;
    if (!exercise || !may_see(options, course, exercise, &problem))
        return usage_failure(&problem);
    return show(course, exercise, &problem);
}

static const struct option_rule anyway = {
    .id = OPTION_ANYWAY,
    .name = "anyway",
    .help = "whether it is done or not: for instructors",
};
static const struct option_rule *const rules[] = {&anyway, &option_course, NULL};

const struct subcommand solution_command = {
    .name = "solution",
    .arguments = "NAME",
    .summary = "what we made of it, once you are done",
    .help =
        "Tells of the solution of an exercise that is done: what raced, what orders it now, other "
        "right answers, and why the tempting ones are wrong.",
    .first = VALUE_EXERCISE,
    .options = rules,
    .run = run,
};
