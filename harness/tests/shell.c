// See shell.h.
#include "shell.h"

#include "run/process.h"
#include "run/workspace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <talloc.h>

enum { SECONDS = 500, OUTPUT_LIMIT = 4 << 20 };

void shell(struct scene *scene, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *const argv[] = {"sh", "-c", talloc_vasprintf(scene, format, arguments), NULL};
    va_end(arguments);
    const struct command command = {.argv = argv,
                                    .env = scene->temp ? workspace_environment(scene, scene->temp)
                                                       : NULL,
                                    .directory = scene->folder,
                                    .seconds = SECONDS,
                                    .output_limit = OUTPUT_LIMIT};
    struct outcome outcome;
    struct problem problem;
    if (!process_run(scene, &command, &outcome, &problem))
        fail_msg("%s", problem.text);
    assert_int_equal(outcome.ending, ENDED_EXITED);
    scene->status = outcome.number;
    scene->output = outcome.output;
}

void assert_ended(const struct scene *scene, const char *what, int status)
{
    if (scene->status != status)
        fail_msg("%s: exit status %d, expected %d; it said:\n%s", what, scene->status, status,
                 scene->output);
}

// How much of `said` is `words`, of which each space may be where a line was broken; 0: it does not
// begin with them.
static size_t match(const char *said, const char *words)
{
    const char *at = said;
    for (; *words; words++)
        if (*words == ' ' && *at == '\n')
            at += 1 + strspn(at + 1, " ");
        else if (*at++ != *words)
            return 0;
    return (size_t)(at - said);
}

void assert_said(const struct scene *scene, const char *words)
{
    const char *at = scene->output;
    while (*at && !match(at, words))
        at++;
    if (*words && !*at)
        fail_msg("\"%s\" is not in:\n%s", words, scene->output);
}
