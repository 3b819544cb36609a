// racelings hint NAME: the next hint of an exercise's README.md, one more at every call. How many were
// shown is remembered in .racelings/, beside exercises/; when the last is reached it begins anew.

#include "commands.h"
#include "common.h"

#include "base/files.h"
#include "base/terminal.h"
#include "course/names.h"
#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>

enum { LESSON_LIMIT = 1 << 20 };

static const char heading[] = "\n### Hint ";

// Hint `number` (1-based) of a lesson: its text without the heading, a talloc child of `context`.
// NULL if there are not that many.
static char *find_hint(const void *context, const char *lesson, int number)
{
    const char *start = strstr(lesson, "\n## Hints");
    for (int i = 0; start && i < number; i++)
        start = strstr(start + 1, heading);
    const char *text = start && number > 0 ? strchr(start + 1, '\n') : NULL;
    if (!text)
        return NULL;
    text += strspn(text, "\n");
    const char *end = strstr(text, "\n#");
    size_t length = end ? (size_t)(end - text) : strlen(text);
    while (length > 0 && text[length - 1] == '\n')
        length--;
    return talloc_strndup(context, text, length);
}

static int show_next(const struct course *course, const struct exercise *exercise,
                     struct problem *problem)
{
    void *scratch = talloc_new(NULL);
    char *path = path_join(scratch, exercise->folder, "README.md");
    const char *lesson = file_read(scratch, course->root, path, LESSON_LIMIT, NULL, problem);
    int total = 0;
    while (lesson && find_hint(scratch, lesson, total + 1))
        total++;
    int number = total > 0 ? record_hint(course, exercise) % total + 1 : 0;
    if (lesson && total == 0)
        problem_set(problem, "%s has no hints", path);
    else if (lesson) {
        printf("%sHint %d of %d%s\n\n%s\n", paint(PAINT_STRONG), number, total, paint(PAINT_OFF),
               find_hint(scratch, lesson, number));
        if (number == total)
            printf("\nThat was the last one. %s%s\n",
                   exercise->solution ? "The whole story: " : "Next would be a friend.",
                   exercise->solution ? path_join(scratch, exercise->solution, "README.md") : "");
    }
    talloc_free(scratch);
    return total > 0 ? EXIT_AS_HOPED : usage_failure(problem);
}

static int run(const struct options *options)
{
    struct problem problem = {""};
    const struct exercise *exercise = NULL;
    const struct course *course = open_course(options, options, &problem);
    if (course && (!options->names[0] || options->names[1]))
        problem_set(&problem, "hint: for which exercise? \"racelings list\" shows them all");
    else if (course)
        exercise = course_find(course, options->names[0], &problem);
    return exercise ? show_next(course, exercise, &problem) : usage_failure(&problem);
}

static const struct option_rule *const rules[] = {&option_course, NULL};

const struct subcommand hint_command = {
    .name = "hint",
    .arguments = "NAME",
    .summary = "the next hint",
    .help = "Shows the next hint for an exercise, one more at every call. After the last it begins "
            "anew.",
    .first = VALUE_EXERCISE,
    .options = rules,
    .run = run,
};
