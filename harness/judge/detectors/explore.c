// The explorer: the program under a scheduler of ours (harness/runtime/explore/), which goes
// through the schedules that matter and reports in explore.json.
//
// One run of the built program is the whole search. What it may cost is given in numbers of
// schedules and steps, so that a verdict does not depend on how busy the machine is; the clock is a
// last resort.

#include "detector.h"

#include "base/files.h"
#include "base/text.h"
#include "run/workspace.h"
#include "explore_report.h"
#include "symbols.h"
#include "tools.h"
#include "toolchain.h"

#include <string.h>
#include <talloc.h>

enum {
    REPORT_LIMIT = 256 << 20,
    SCHEDULES = 400, // of the driver, by chance; a quarter of it for a scene that is not exhausted
    RUNS = 20000,    // to exhaust a scene, or the driver
    STEPS = 50000,   // of one schedule
    CANNOT_EXPLORE = 3, // exit status: it says why on standard error
};

static const char report_name[] = "explore.json";

// What asks for one schedule only: "x1:1.5-2.9", or "last_piece/x1:1.5-2.9" in a scene.
static char *replay_settings(const void *context, const char *schedule)
{
    const char *slash = strrchr(schedule, '/');
    if (!slash)
        return talloc_asprintf(context, "RACELINGS_EXPLORE=steps=%d replay=%s", STEPS, schedule);
    return talloc_asprintf(context, "RACELINGS_EXPLORE=steps=%d replay=%s scene=%.*s", STEPS,
                           slash + 1, (int)(slash - schedule), schedule);
}

static char *explore_settings(const void *context, const struct program *program)
{
    if (program->settings)
        return talloc_asprintf(context, "RACELINGS_EXPLORE=steps=%d %s", STEPS, program->settings);
    if (program->schedule)
        return replay_settings(context, program->schedule);
    return talloc_asprintf(context, "RACELINGS_EXPLORE=schedules=%d runs=%d steps=%d seed=1",
                           SCHEDULES, RUNS, STEPS);
}

static void explore_prepare(void *context, const struct program *program, int run,
                            struct command *command)
{
    (void)run;
    const char **argv = list_new(context), **env = workspace_environment(context, program->folder);
    list_add(&argv, program->path);
    list_add_all(&argv, program->arguments);
    list_add(&env, explore_settings(env, program));
    command->argv = argv;
    command->env = env;
}

static void unusable(struct reading *reading, const char *why)
{
    *reading = (struct reading){.state = READING_UNUSABLE, .note = why};
}

void explore_read_raw(void *context, const struct program *program, const struct outcome *outcome,
                      struct reading *reading)
{
    struct problem problem;
    char *text = file_read(context, program->folder, report_name, REPORT_LIMIT, NULL, &problem);
    bool silent = !text || !text[0];
    if (silent && outcome->ending == ENDED_EXITED && outcome->number == CANNOT_EXPLORE)
        unusable(reading,
                 talloc_asprintf(context, "the explorer could not start: %s", outcome->output));
    else if (silent)
        unusable(reading, outcome->ending == ENDED_TIMEOUT
                              ? "the explorer was ended before it had written its report"
                              : "the explorer has left no report");
    else
        explore_report_read(context, text, reading);
    talloc_free(text);
}

static void explore_read(void *context, const struct program *program,
                         const struct outcome *outcome, struct reading *reading)
{
    explore_read_raw(context, program, outcome, reading);
    symbols_fill(context, program, reading);
}

static const char *explore_version(void *context, struct problem *problem)
{
    return tool_version(context, TOOLCHAIN_CLANG, "--version", problem);
}

// By these names of sections the runtime tells who touches whose variables.
static const char *const rename_own[] = {"--rename-section=.text=student_text", NULL};
static const char *const rename_course[] = {"--rename-section=.data=driver_data",
                                            "--rename-section=.bss=driver_bss", NULL};

// Each access to memory stands in it as it is made, without the calls that tell of it.
static const char *const intermediate[] = {"-fno-sanitize=thread", "-S", "-emit-llvm", NULL};

static const struct recipe explore_recipe = {
    .compiler = TOOLCHAIN_CLANG,
    .flags = toolchain_explore_flags,
    .instrumented = true,
    .link = toolchain_explore_link,
    .linker = toolchain_explore_linker,
    .objects = toolchain_explore_objects,
    .rename_own = rename_own,
    .rename_course = rename_course,
    .intermediate = intermediate,
    .scenes = true,
};

static const char *const explore_tools[] = {TOOLCHAIN_CLANG, NULL};

static const char *const explore_needs[] = {NULL};
static const char *const explore_reports[] = {report_name, NULL};

const struct detector explore_detector = {
    .name = "explore",
    .title = "The explorer",
    .recipe = &explore_recipe,
    .tools = explore_tools,
    .needs = explore_needs,
    .reports = explore_reports,
    .seconds = 300,
    .runs = 1,
    .finds_races = true,
    .explores = true,
    .prepare = explore_prepare,
    .read = explore_read,
    .version = explore_version,
};
