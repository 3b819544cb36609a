#include "tools.h"

#include "base/text.h"
#include "run/process.h"

#include <string.h>
#include <talloc.h>

const char *tool_version(const void *context, const char *tool, const char *option,
                         struct problem *problem)
{
    const char *const argv[] = {tool, option, NULL};
    const struct command command = {.argv = argv, .seconds = 20, .output_limit = 1 << 16};
    struct outcome outcome;
    if (!process_run(context, &command, &outcome, problem))
        return NULL;
    if (outcome.ending == ENDED_NOT_STARTED) {
        problem_set(problem, "%s cannot be started: %s", tool, strerror(outcome.number));
        return NULL;
    }
    if (outcome.ending != ENDED_EXITED || outcome.number != 0) {
        problem_set(problem, "\"%s %s\" failed: %.200s", tool, option, outcome.output);
        return NULL;
    }
    return talloc_strndup(context, outcome.output, strcspn(outcome.output, "\n"));
}
