// racelings init DIR [NAME...]: a copy of the course to work on.
#include "commands.h"
#include "common.h"

#include "base/terminal.h"
#include "base/text.h"
#include "course/names.h"
#include "handout/handout.h"
#include "handout/target.h"

#include <stdio.h>
#include <talloc.h>

static bool make_copy(const struct options *options, struct problem *problem)
{
    const char *name = options->names[0];
    if (!name)
        return problem_set(problem, "init: into which folder? \"racelings init DIR\"");
    const struct course *course = open_whole_course(options, options, problem);
    const struct exercise **chosen =
        course ? course_choose(options, course, options->names + 1, problem) : NULL;
    const char *path = chosen ? handout_target(options, name, course, problem) : NULL;
    const struct handout *copy = path ? handout_to_work_on(options, course, chosen, problem) : NULL;
    if (!copy || !handout_write_folder(copy, path, problem))
        return false;
    char *text = talloc_asprintf(NULL,
                                 "%s is a copy of the course, yours to work on. Go there and try "
                                 "\"racelings list\". The map is exercises/README.md; the first "
                                 "exercise is %s/README.md.",
                                 name, chosen[0]->folder);
    printf("%s\n", text_wrap(text, text, terminal_width(), 0));
    talloc_free(text);
    return true;
}

static int run(const struct options *options)
{
    struct problem problem = {""};
    return make_copy(options, &problem) ? EXIT_AS_HOPED : usage_failure(&problem);
}

static const struct option_rule *const rules[] = {&option_course, NULL};

const struct subcommand init_command = {
    .name = "init",
    .arguments = "DIR [NAME...]",
    .summary = "a copy of the course to work on",
    .help = "Makes a copy of the exercises, chapters and tracks named, or of the whole course, in "
            "the new folder DIR. Commands that are run in DIR, or below it, are about that copy. "
            "For an installed racelings; in a checkout or a handout you work on the course itself.",
    .first = VALUE_FOLDER,
    .rest = VALUE_EXERCISE,
    .options = rules,
    .run = run,
};
