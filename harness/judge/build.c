#include "build.h"

#include "base/files.h"
#include "base/text.h"
#include "run/workspace.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

// A compiler that is still busy after this long is not going to finish (a bounded `#include` loop,
// a template-like macro bomb): the program is at fault.
enum { COMPILE_SECONDS = 60, MESSAGE_LIMIT = 1 << 20 };

const char *const *build_command(const void *context, const struct recipe *recipe,
                                 const struct sources *sources, const char *output)
{
    const char **argv = list_new(context);
    list_add(&argv, recipe->compiler);
    list_add_all(&argv, recipe->flags);
    list_add(&argv, talloc_asprintf(argv, "-ffile-prefix-map=%s=.", sources->root));
    if (sources->include)
        list_add(&argv, talloc_asprintf(argv, "-I%s", sources->include));
    list_add_all(&argv, sources->files);
    list_add_all(&argv, recipe->objects);
    list_add(&argv, "-lm");
    list_add(&argv, "-o");
    list_add(&argv, output);
    return argv;
}

// What a linker says of a program that is at fault. Everything else it says (a runtime library not
// found, an output it cannot write) is the toolchain's.
static const char *const linker_faults[] = {
    "undefined reference to",
    "multiple definition of",
    "undefined symbol:",
    "duplicate symbol:",
};

bool build_names_line(const char *messages)
{
    for (const char *at = messages; (at = strstr(at, "error: ")); at++) {
        const char *start = at;
        while (start > messages && start[-1] != '\n' && !isdigit((unsigned char)start[-1]))
            start--;
        size_t gap = (size_t)(at - start);
        if (start > messages && isdigit((unsigned char)start[-1]) &&
            (gap == strlen(": ") || gap == strlen(": fatal ")))
            return true;
    }
    return false;
}

// Whether a line of the compiler's or linker's output is about the program.
static bool is_fault(const char *line)
{
    static const char ours[] = "/racelings/runtime/"; // what the harness links in
    if (strncmp(line, ours, strlen(ours)) == 0 && strstr(line, "undefined reference to"))
        return false;
    for (size_t i = 0; i < sizeof linker_faults / sizeof linker_faults[0]; i++)
        if (strstr(line, linker_faults[i]))
            return true;
    return build_names_line(line);
}

// The first line of `messages` that is about the program, or NULL.
static const char *first_fault(const void *context, const char *messages)
{
    for (const char *line = messages; *line; line += strspn(line, "\n")) {
        size_t length = strcspn(line, "\n");
        char *copy = talloc_strndup(context, line, length);
        if (is_fault(copy))
            return copy;
        talloc_free(copy);
        line += length;
    }
    return NULL;
}

// Whether there is no room left below `folder`: a full disk makes compilers say all sorts. `why` is
// then filled.
static bool is_full(const void *context, const char *folder, const char *messages,
                    struct problem *why)
{
    static const char block[1 << 16];
    if (strstr(messages, strerror(ENOSPC)))
        return !problem_set(why, "no space left in %s", folder);
    bool written = file_write(folder, "space-left", block, sizeof block, why);
    unlink(path_join(context, folder, "space-left"));
    return !written;
}

// What clang says when the sandbox's limit on its address space is met.
static bool ran_out(const char *messages)
{
    return strstr(messages, "out of memory") || strstr(messages, "std::bad_alloc");
}

// clang and its linker are programs that the driver starts: their signals come as its words.
static bool is_limit(const struct outcome *outcome)
{
    return outcome->ending == ENDED_SIGNALLED &&
           (outcome->number == SIGXCPU || outcome->number == SIGXFSZ);
}

// Tells a compiler's complaint about the program from a failure of the compiler.
static void classify_failure(const void *context, const char *compiler, const char *folder,
                             const struct outcome *outcome, struct build *build)
{
    struct problem why;
    build->ending = BUILD_FAILED;
    if (is_full(context, folder, build->messages, &why)) {
        build->first = talloc_strdup(context, why.text);
        return;
    }
    if (outcome->ending == ENDED_TIMEOUT) {
        build->ending = BUILD_REJECTED;
        build->first = talloc_asprintf(context, "the compiler was still busy after %d seconds",
                                       COMPILE_SECONDS);
        return;
    }
    if (outcome->ending == ENDED_MEMORY || ran_out(build->messages)) {
        build->ending = BUILD_REJECTED;
        build->first = "the compiler needed more memory than it may use";
        return;
    }
    if (outcome->ending == ENDED_FLOOD || is_limit(outcome)) {
        build->ending = BUILD_REJECTED;
        build->first = "the compiler passed a limit: too long a time, too large a file or too many "
                       "messages";
        return;
    }
    if (outcome->ending == ENDED_NOT_STARTED) {
        build->first = talloc_asprintf(context, "the compiler %s cannot be started: %s", compiler,
                                       strerror(outcome->number));
        return;
    }
    build->first = first_fault(context, build->messages);
    if (build->first)
        build->ending = BUILD_REJECTED;
    else if (build->messages[0])
        build->first = talloc_asprintf(context, "the compiler failed: %.*s",
                                       (int)strcspn(build->messages, "\n"), build->messages);
    else
        build->first = talloc_asprintf(context, "the compiler failed (%s %d) without a message",
                                       outcome->ending == ENDED_EXITED ? "exit status" : "signal",
                                       outcome->number);
}

bool build_program(const void *context, const struct recipe *recipe, const struct sources *sources,
                   const char *folder, const struct sandbox *sandbox, struct build *build,
                   struct problem *problem)
{
    *build = (struct build){.ending = BUILD_DONE};
    build->program = talloc_asprintf(context, "%s/program", folder);
    struct command command = {
        .argv = build_command(context, recipe, sources, build->program),
        .env = workspace_environment(context, folder),
        .directory = sources->root,
        .seconds = COMPILE_SECONDS,
        .output_limit = MESSAGE_LIMIT,
    };
    struct outcome outcome;
    if (!sandbox_run(context, sandbox, &command, &outcome, problem))
        return false;
    build->messages = outcome.output;
    if (outcome.ending != ENDED_EXITED || outcome.number != 0)
        classify_failure(context, recipe->compiler, folder, &outcome, build);
    return true;
}
