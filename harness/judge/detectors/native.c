// Plain repeated runs at -O2, as a person would make them: no tool looks on, only the driver's own
// arithmetic. What shows here shows by luck, unless the driver sees to it that it must.

#include "detector.h"

#include "base/text.h"
#include "run/workspace.h"
#include "toolchain.h"
#include "tools.h"

static void native_prepare(void *context, const struct program *program, int run,
                           struct command *command)
{
    (void)run;
    const char **argv = list_new(context), **env = workspace_environment(context, program->folder);
    list_add(&argv, program->path);
    list_add_all(&argv, program->arguments);
    // Memory that nobody has set is not 0, and freed memory does not stay as it was: mallopt(3). It
    // is filled with this byte when it is freed and with the other bits before, as the explorer
    // does it.
    list_add(&env, "MALLOC_PERTURB_=90");
    command->argv = argv;
    command->env = env;
}

// There is no report: how the program ended says it all.
static void native_read(void *context, const struct program *program, const struct outcome *outcome,
                        struct reading *reading)
{
    (void)context, (void)program, (void)outcome;
    *reading = (struct reading){.state = READING_COMPLETE};
}

static const char *native_version(void *context, struct problem *problem)
{
    return tool_version(context, TOOLCHAIN_CLANG, "--version", problem);
}

static const struct recipe native_recipe = {
    .compiler = TOOLCHAIN_CLANG,
    .flags = toolchain_native_flags,
    .link = toolchain_native_link,
    .linker = toolchain_native_linker,
    .objects = toolchain_native_objects,
    .through = toolchain_native_through,
};

static const char *const native_tools[] = {TOOLCHAIN_CLANG, NULL};

static const char *const native_needs[] = {NULL};
static const char *const native_reports[] = {NULL};

const struct detector native_detector = {
    .name = "native",
    .title = "The plain run",
    .recipe = &native_recipe,
    .tools = native_tools,
    .needs = native_needs,
    .reports = native_reports,
    .seconds = 10,
    .runs = 5,
    .prepare = native_prepare,
    .read = native_read,
    .version = native_version,
};
