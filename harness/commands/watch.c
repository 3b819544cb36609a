// racelings watch [NAME], or racelings alone on a terminal: the student's desk.

#include "commands.h"
#include "common.h"

#include "course/kit.h"
#include "course/names.h"
#include "desk/desk.h"

#include <stdio.h>
#include <string.h>

static int watch(const struct options *options, const struct course *course,
                 const struct exercise *exercise, struct problem *problem)
{
    static const int statuses[] = {EXIT_AS_HOPED, EXIT_NOT_SO, EXIT_TOOL};
    const struct desk_wishes wishes = {
        .course = course,
        .exercise = exercise,
        .judges = options->detectors,
        .poll = options->poll,
        .manual = options->manual,
        .once = options->once,
    };
    if (!ready_to_judge(options, problem))
        return tool_failure(problem);
    enum desk_end end = desk_watch(&wishes, problem);
    return problem->text[0] && end == DESK_FAILED ? tool_failure(problem) : statuses[end];
}

static int run(const struct options *options)
{
    struct problem problem = {""};
    if (!has_copy(options, &problem))
        return usage_failure(&problem);
    const struct course *course = open_course(options, options, &problem);
    const struct exercise *exercise = NULL;
    if (course && course->count == 0)
        problem_set(&problem, "the course has no exercises");
    else if (course && options->names[0])
        exercise = the_exercise(options, course, &problem);
    if (!course || course->count == 0 || (options->names[0] && !exercise))
        return usage_failure(&problem);
    return watch(options, course, exercise, &problem);
}

static const struct option_rule once = {
    .id = OPTION_ONCE,
    .name = "once",
    .help = "judge once, say what there is to say, and end: for scripts",
};
static const struct option_rule manual = {
    .id = OPTION_MANUAL,
    .name = "manual",
    .help = "judge at the key r, or at an empty line, and not at a save",
};
static const struct option_rule poll = {
    .id = OPTION_POLL,
    .name = "poll",
    .help = "look for saves twice a second, where the system does not tell of them",
};
static const struct option_rule *const rules[] = {&once,          &manual, &poll, &option_detector,
                                                  &option_course, NULL};

const struct subcommand watch_command = {
    .name = "watch",
    .arguments = "[NAME]",
    .summary = "judged at every save; racelings alone does it",
    .help =
        "Puts an exercise on your desk, by default the first that is not done, and judges it "
        "whenever you save it, until it is done and the next one comes. Each judge's word is "
        "shown as it comes. Alone on a terminal, racelings does that. Keys give hints, go to other exercises, begin anew, play; ? tells of "
        "all. Without a terminal it writes plain lines, and keys are read from lines.",
    .first = VALUE_EXERCISE,
    .options = rules,
    .run = run,
};
