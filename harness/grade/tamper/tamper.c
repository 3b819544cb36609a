// Three looks at each file, each at what the one before cannot see:
//
//     tamper_source.c    the file as it stands: what it includes, which conditions and pragmas it
//                        has, also where the preprocessor would skip them
//     tamper_text.c      after preprocessing: names and attributes, also those that macros put
//                        together; for a file that could tell the judges apart, under the flags of
//                        each
//     tamper_object.c    the object file: what it calls, defines or replaces, and where code lies
//
// What the second and third look at is of clang's own making (one command in the sandbox). So only
// the first depends on how well our lexer agrees with clang, and what that one says of #include is
// checked again by the files that clang says it read.
//
// A file that the first look refuses is not compiled. Of several refusals the first line's counts.
#include "tamper.h"

#include "base/files.h"
#include "base/text.h"
#include "judge/build.h"
#include "judge/detectors/detector.h"
#include "run/workspace.h"
#include "tamper_looks.h"

#include <signal.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

enum {
    SOURCE_LIMIT = 1 << 20,
    PROCESSOR_SECONDS = 5,     // for each of the compiler's commands
    CLOCK_SECONDS = 60,        // for all of them
    COMPILER_FOUND_ERRORS = 1, // its exit status
    MESSAGE_LIMIT = 1 << 20,
};

// ---- compiling ----

// Adds to `script` one command, after the word `joint`.
static char *add_command(char *script, const char *joint, const char *const *argv)
{
    char *command = shell_quote(script, argv);
    return talloc_asprintf_append(script, "%s%s", *script ? joint : "", command);
}

// The compiler as `recipe` has it, with `mode` ("-E").
static const char **compiler(const struct look *look, const struct recipe *recipe, const char *mode,
                             const char *path)
{
    const char **argv = list_new(look->scratch);
    list_add(&argv, recipe->compiler);
    list_add_all(&argv, recipe->flags);
    list_add(&argv, "-w");
    list_add(&argv, "-fno-crash-diagnostics");
    if (look->sources->include)
        list_add(&argv, talloc_asprintf(argv, "-I%s", look->sources->include));
    list_add(&argv, mode);
    list_add(&argv, path);
    return argv;
}

// What has been preprocessed becomes an object file, without optimisation: all that the text uses
// is still in it. Of the flags only those count that say which language and which machine.
static const char **compiler_of_text(const struct look *look, const struct file *file,
                                     const struct recipe *recipe)
{
    const char **argv = list_new(look->scratch);
    list_add(&argv, recipe->compiler);
    for (const char *const *flag = recipe->flags; *flag; flag++)
        if (strncmp(*flag, "-std=", 5) == 0 ||
            (strncmp(*flag, "-m", 2) == 0 && strcmp(*flag, "-mllvm") != 0))
            list_add(&argv, *flag);
    list_add_all(&argv, (const char *const[]){"-O0", "-w", "-fno-crash-diagnostics", "-c", NULL});
    list_add(&argv, made_path(look, file, "i", 0));
    list_add(&argv, "-o");
    list_add(&argv, made_path(look, file, "o", 0));
    return argv;
}

// Preprocesses the file, for the first judge or for all, and compiles what came of it.
static const char *compile_script(const struct look *look, const struct file *file)
{
    char *script = talloc_strdup(look->scratch, "");
    for (size_t i = 0; detectors[i] && (i == 0 || look->doubtful); i++) {
        const char **argv = compiler(look, detectors[i]->recipe, "-E", file->path);
        list_add(&argv, "-o");
        list_add(&argv, made_path(look, file, "i", i));
        script = add_command(script, " && ", argv);
    }
    return add_command(script, " && ", compiler_of_text(look, file, detectors[0]->recipe));
}

// Fails only if a judge's compiler does not find fault with the file.
static const char *reject_script(const struct look *look, const struct file *file)
{
    char *script = talloc_strdup(look->scratch, "");
    for (size_t i = 0; detectors[i]; i++)
        script = add_command(script, " >/dev/null 2>&1 || ",
                             compiler(look, detectors[i]->recipe, "-fsyntax-only", file->path));
    return talloc_strdup_append(script, " >/dev/null 2>&1");
}

static bool run_script(const struct look *look, const char *script, struct outcome *outcome)
{
    const char *limited =
        talloc_asprintf(look->scratch, "ulimit -S -t %d; %s", PROCESSOR_SECONDS, script);
    const char *const argv[] = {"sh", "-c", limited, NULL};
    const struct command command = {
        .argv = argv,
        .env = workspace_environment(look->scratch, look->folder),
        .directory = look->sources->root,
        .seconds = CLOCK_SECONDS,
        .output_limit = MESSAGE_LIMIT,
    };
    return sandbox_run(look->scratch, look->sandbox, &command, outcome, look->problem);
}

// What became of a script.
enum end {
    END_DONE,
    END_FAULT, // the compiler rejects the file
    END_LIMIT, // the file takes more processor time, memory or disk than there is
    END_CRASH, // of the compiler: nothing but the file can be the cause
    END_OTHER, // the host's failure; also the clock, which runs out where the host is too busy
};

static enum end end_of(const struct outcome *outcome)
{
    // A shell passes on a signal as an exit status.
    bool shell = outcome->ending == ENDED_EXITED && outcome->number > 128;
    int signal = shell                                ? outcome->number - 128
                 : outcome->ending == ENDED_SIGNALLED ? outcome->number
                                                      : 0;
    if (outcome->ending == ENDED_EXITED && outcome->number == 0)
        return END_DONE;
    if (signal == SIGXCPU || signal == SIGXFSZ || outcome->ending == ENDED_MEMORY)
        return END_LIMIT;
    if (signal == SIGSEGV || signal == SIGABRT || signal == SIGILL || signal == SIGBUS ||
        signal == SIGFPE || signal == SIGTRAP)
        return END_CRASH;
    bool wrote = outcome->ending == ENDED_EXITED || outcome->ending == ENDED_FLOOD;
    return wrote && build_names_line(outcome->output) ? END_FAULT : END_OTHER;
}

// ---- all of it ----

static bool ends_in(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);
    return length > tail && strcmp(name + length - tail, end) == 0;
}

// Adds the names in a file of the course to `names`.
static bool learn_names(const struct look *look, const char *file, const char ***names)
{
    const char *path = path_join(look->scratch, look->exercise->folder, file);
    char *bytes =
        file_read(look->scratch, look->sources->root, path, SOURCE_LIMIT, NULL, look->problem);
    struct tokens *tokens = bytes ? tokens_read(look->scratch, bytes, strlen(bytes)) : NULL;
    for (size_t i = 0; tokens && i < tokens->count; i++)
        if (tokens->all[i].kind == TOKEN_NAME)
            list_add(names, token_text(look->scratch, &tokens->all[i]));
    return tokens != NULL;
}

// What the course's own files in the exercise's folder offer.
static bool learn_course(struct look *look)
{
    const struct exercise *exercise = look->exercise;
    char **names = folder_list(look->scratch, look->sources->root, exercise->folder, look->problem);
    look->headers = list_new(look->scratch);
    look->provided = list_new(look->scratch);
    look->drivers = list_new(look->scratch);
    for (size_t i = 0; names && names[i]; i++) {
        bool header = ends_in(names[i], ".h"), own = list_has(exercise->edit, names[i]);
        if (header)
            list_add(&look->headers, names[i]);
        if (!own && (header || list_has(exercise->sources, names[i])) &&
            !learn_names(look, names[i], header ? &look->provided : &look->drivers))
            return false;
    }
    return names != NULL;
}

static bool read_files(struct look *look)
{
    look->count = list_count(look->exercise->edit);
    look->files = talloc_zero_array(look->scratch, struct file, (unsigned)look->count);
    for (size_t i = 0; i < look->count; i++) {
        struct file *file = &look->files[i];
        size_t size;
        file->name = look->exercise->edit[i];
        file->path = path_join(look->scratch, look->exercise->folder, file->name);
        char *bytes = file_read(look->scratch, look->sources->root, file->path, SOURCE_LIMIT, &size,
                                look->problem);
        if (!bytes)
            return false;
        file->tokens = tokens_read(look->scratch, bytes, strlen(bytes));
        if (strlen(bytes) < size)
            refuse(
                look, file, 0,
                "The file holds a NUL byte, behind which text could hide; save it as plain text.");
    }
    return true;
}

static enum inspection refuse_unseen(struct look *look, const struct file *file)
{
    refuse(look, file, 0,
           "The compiler does not get through this file within the time and memory that the "
           "inspection has, or not without the judges' flags, so that it cannot be seen what the "
           "file does; make it simpler.");
    return INSPECTION_FINE;
}

static enum inspection inspection_failed(const struct look *look, const struct file *file,
                                         const struct outcome *outcome)
{
    if (outcome->ending == ENDED_TIMEOUT)
        problem_set(look->problem,
                    "%s cannot be inspected: the compiler was not through after %d seconds; try "
                    "again when the machine is less busy",
                    file->name, CLOCK_SECONDS);
    else
        problem_set(look->problem, "%s cannot be inspected: the compiler failed: %.*s", file->name,
                    (int)strcspn(outcome->output, "\n"), outcome->output);
    return INSPECTION_FAILED;
}

// The file did not compile here: `first` is what became of that. It is no C if no judge's compiler
// takes it either; one that any of them takes would run without having been looked at.
static enum inspection check_rejection(struct look *look, const struct file *file,
                                       const struct outcome *first)
{
    enum end end = end_of(first);
    if (end == END_OTHER)
        return inspection_failed(look, file, first);
    if (end == END_LIMIT)
        return refuse_unseen(look, file);
    struct outcome outcome;
    if (!run_script(look, reject_script(look, file), &outcome))
        return INSPECTION_FAILED;
    if (outcome.ending == ENDED_EXITED && outcome.number == COMPILER_FOUND_ERRORS)
        return INSPECTION_NOT_C;
    if (end_of(&outcome) == END_OTHER)
        return inspection_failed(look, file, &outcome);
    return refuse_unseen(look, file);
}

// Whether the compiler is through with the preprocessor's part.
static bool has_texts(const struct look *look, const struct file *file)
{
    bool all = true;
    for (size_t i = 0; detectors[i] && (i == 0 || look->doubtful); i++)
        all &= access(made_path(look, file, "i", i), R_OK) == 0;
    return all;
}

// Everything about a C file but what check_source has seen.
static enum inspection inspect_compiled(struct look *look, const struct file *file)
{
    struct outcome outcome;
    if (!run_script(look, compile_script(look, file), &outcome))
        return INSPECTION_FAILED;
    bool compiled = outcome.ending == ENDED_EXITED && outcome.number == 0;
    if (has_texts(look, file) && !check_texts(look, file))
        return INSPECTION_FAILED;
    if (compiled)
        return check_object(look, file) ? INSPECTION_FINE : INSPECTION_FAILED;
    return look->where ? INSPECTION_FINE : check_rejection(look, file, &outcome);
}

static enum inspection inspect(struct look *look)
{
    if (!learn_course(look) || !read_files(look))
        return INSPECTION_FAILED;
    for (size_t i = 0; i < look->count; i++)
        check_source(look, &look->files[i]);
    enum inspection worst = INSPECTION_FINE;
    for (size_t i = 0; i < look->count && !look->where; i++) {
        enum inspection inspection = INSPECTION_FINE;
        if (ends_in(look->files[i].name, ".c"))
            inspection = inspect_compiled(look, &look->files[i]);
        if (inspection == INSPECTION_FAILED)
            return INSPECTION_FAILED;
        if (inspection == INSPECTION_NOT_C)
            worst = inspection;
    }
    return look->where ? INSPECTION_REFUSED : worst;
}

enum inspection tamper_inspect(const void *context, const struct exercise *exercise,
                               const struct sources *sources, const char *folder,
                               const struct sandbox *sandbox, struct refusal *refusal,
                               struct problem *problem)
{
    struct look look = {
        .scratch = talloc_new(context),
        .exercise = exercise,
        .sources = sources,
        .folder = folder,
        .sandbox = sandbox,
        .problem = problem,
    };
    enum inspection inspection = inspect(&look);
    if (inspection == INSPECTION_REFUSED)
        *refusal = (struct refusal){
            .file = talloc_strdup(context, look.where->name),
            .line = look.line,
            .reason = talloc_strdup(context, look.reason),
        };
    talloc_free(look.scratch);
    return inspection;
}
