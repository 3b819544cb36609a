// racelings handout DIR [NAME...]: a student's copy of the course, without its solutions; or with
// --autograder FILE.zip the same as an autograder for Gradescope.
#include "commands.h"
#include "common.h"

#include "base/text.h"
#include "course/names.h"
#include "handout/handout.h"
#include "handout/target.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>

static void tell(const struct exercise *const *chosen, const char *place, const char *next)
{
    size_t count = 0;
    while (chosen[count])
        count++;
    printf("%s: %zu exercise%s, without solutions. %s\n", place, count, count > 1 ? "s" : "", next);
}

static bool make_folder(const struct options *options, const struct course *course,
                        struct problem *problem)
{
    const char *name = options->names[0];
    if (!name)
        return problem_set(problem, "handout: into which folder? \"racelings handout DIR\"");
    const struct exercise **chosen = course_choose(options, course, options->names + 1, problem);
    const char *path = chosen ? handout_target(options, name, course, problem) : NULL;
    const struct handout *handout =
        path ? handout_for_students(options, course, chosen, problem) : NULL;
    if (!handout || !handout_write_folder(handout, path, problem))
        return false;
    tell(chosen, name, "Its README.md is for your students: read it first.");
    return true;
}

static bool make_zip(const struct options *options, const struct course *course,
                     struct problem *problem)
{
    const char *file = options->autograder, *end = strrchr(file, '.');
    if (!end || strcmp(end, ".zip") != 0)
        return problem_set(problem,
                           "--autograder takes the name of the zip file to write, not "
                           "\"%s\"",
                           file);
    const struct exercise **chosen = course_choose(options, course, options->names, problem);
    const struct handout *handout =
        chosen ? handout_for_gradescope(options, course, chosen, problem) : NULL;
    if (!handout || !handout_write_zip(handout, file, problem))
        return false;
    tell(chosen, file,
         "Upload it on Gradescope under \"Configure Autograder\";\n"
         "for many exercises choose its largest container and longest timeout there.");
    return true;
}

static int run(const struct options *options)
{
    struct problem problem = {""};
    const struct course *course = open_whole_course(options, options, &problem);
    bool made = course && (options->autograder ? make_zip(options, course, &problem)
                                               : make_folder(options, course, &problem));
    return made ? EXIT_AS_HOPED : usage_failure(&problem);
}

static const struct option_rule autograder = {
    .id = OPTION_AUTOGRADER,
    .name = "autograder",
    .argument = "FILE.zip",
    .value = VALUE_FILE,
    .help = "an autograder for Gradescope, in place of DIR",
};
static const struct option_rule *const rules[] = {&autograder, &option_course, NULL};

const struct subcommand handout_command = {
    .name = "handout",
    .arguments = "DIR [NAME...]",
    .summary = "what students get: no solutions",
    .help =
        "Makes what students get in the new folder DIR: the exercises, chapters and tracks named "
        "(\"racelings handout DIR threads\"), or the whole course, without solutions; with the "
        "harness, and ready for GitHub and for development containers. DIR/README.md is for your "
        "students.",
    .first = VALUE_FOLDER,
    .rest = VALUE_EXERCISE,
    .options = rules,
    .run = run,
};
