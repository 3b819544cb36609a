// racelings hint NAME: the next hint of an exercise's README.md, one more at every call, up to the
// last. How many were shown is remembered in .racelings/, beside exercises/.

#include "commands.h"
#include "common.h"

#include "base/terminal.h"
#include "base/text.h"
#include "course/names.h"
#include "course/pages.h"
#include "desk/record.h"

#include <stdio.h>
#include <talloc.h>

static void show_hint(const struct course *course, const struct exercise *exercise,
                      const char *page, int number, int total)
{
    char *hint = page_hint(NULL, page, number), *path = page_path(hint, exercise);
    char *fitted = page_fit(hint, hint, terminal_width());
    printf("%sHint %d of %d%s\n\n%s\n", paint(PAINT_STRONG), number, total, paint(PAINT_OFF),
           fitted);
    record_set_hints(course, exercise, number);
    if (number == total)
        printf("\n%s\n", text_wrap(hint,
                                   talloc_asprintf(hint, "That was the last of %d. All of them: %s",
                                                   total, path),
                                   terminal_width(), 0));
    talloc_free(hint);
}

static int show_next(const struct course *course, const struct exercise *exercise,
                     struct problem *problem)
{
    char *page = page_read(NULL, course, exercise, problem);
    int total = page ? page_hint_count(page) : 0, shown = record_hints(course, exercise);
    if (page && total == 0)
        problem_set(problem, "%s/README.md has no hints", exercise->folder);
    else if (page)
        show_hint(course, exercise, page, shown < total ? shown + 1 : total, total);
    talloc_free(page);
    return total > 0 ? EXIT_AS_HOPED : usage_failure(problem);
}

static int run(const struct options *options)
{
    struct problem problem = {""};
    const struct course *course = open_course(options, options, &problem);
    const struct exercise *exercise = course ? the_exercise(options, course, &problem) : NULL;
    return exercise ? show_next(course, exercise, &problem) : usage_failure(&problem);
}

static const struct option_rule *const rules[] = {&option_course, NULL};

const struct subcommand hint_command = {
    .name = "hint",
    .arguments = "NAME",
    .summary = "the next hint",
    .help =
        "Shows the next hint for an exercise, one more at every call, and says which is the last.",
    .first = VALUE_EXERCISE,
    .options = rules,
    .run = run,
};
