#define _GNU_SOURCE
#include "build.h"

#include "base/files.h"
#include "base/text.h"
#include "object_cache.h"
#include "run/workspace.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

enum {
    // A compiler that is still busy after this long is not going to finish (a bounded `#include`
    // loop, a template-like macro bomb): the program is at fault.
    COMPILE_SECONDS = 60,
    MESSAGE_LIMIT = 1 << 20,
    TEXT_LIMIT = 8 << 20, // bytes of what the preprocessor makes
};

// ---- The folders ----

static const char *numbered(const void *context, const char *folder, const char *what,
                            size_t number, const char *kind)
{
    return talloc_asprintf(context, "%s/%s%zu.%s", folder, what, number, kind);
}

const char *build_object(const struct build *build, size_t number)
{
    return numbered(build, build->made, "", number, "o");
}

const char *build_text(const struct build *build, size_t number)
{
    return numbered(build, build->made, "", number, "i");
}

const char *build_intermediate(const struct build *build, size_t number)
{
    return numbered(build, build->made, "", number, "ll");
}

// What the compiler writes of it, where that is apart.
static const char *build_messages(const struct build *build, size_t number)
{
    return numbered(build, build->made, "", number, "said");
}

// What is linked in its place, where the recipe wants something renamed.
static const char *renamed_object(const struct build *build, size_t number)
{
    return numbered(build, build->made, "renamed-", number, "o");
}

static const char *course_object(const struct build *build, size_t number)
{
    return numbered(build, build->folder, "course-", number, "o");
}

struct build *build_new(const void *context, const struct recipe *recipe,
                        const struct sources *sources, struct problem *problem)
{
    struct build *build = talloc_zero(context, struct build);
    *build = (struct build){.messages = "", .recipe = recipe, .sources = sources};
    build->folder = workspace_new(build, problem);
    build->made = build->folder ? path_join(build, build->folder, "made") : NULL;
    // The sandbox's user passes through to what is made there; bubblewrap 0.12 wants to open what
    // it passes through.
    if (build->made && chmod(build->folder, 0755) == 0 && mkdir(build->made, 0700) == 0)
        return build;
    if (build->folder)
        problem_set(problem, "a folder in %s cannot be made: %s", build->folder, strerror(errno));
    talloc_free(build);
    return NULL;
}

// ---- Running commands ----

// Takes in what became of a command that wrote to `folder`.
static void note_outcome(struct build *build, const char *folder, const struct outcome *outcome)
{
    const char *why;
    enum build_ending ending =
        complaint_read(build, build->recipe->compiler, folder, outcome, &why);
    if (build->inspected && outcome->ending == ENDED_TIMEOUT)
        ending = BUILD_FAILED; // processor time is what is limited: the machine is busy
    if (ending != BUILD_EXCEEDED || !complaint_is_dump(outcome->output))
        build->messages = talloc_asprintf(build, "%s%s", build->messages, outcome->output);
    if (build->ending == BUILD_DONE) {
        build->ending = ending;
        build->first = why;
    }
}

// Runs one command, which writes to `folder`. False with `problem` filled if the harness failed.
static bool run(struct build *build, const char *const *argv, const char *folder,
                const struct sandbox *sandbox, struct problem *problem)
{
    struct outcome outcome;
    const struct command command = {
        .argv = argv,
        .env = workspace_environment(build, folder),
        .directory = build->sources->root,
        .seconds = COMPILE_SECONDS,
        .output_limit = MESSAGE_LIMIT,
    };
    bool done = !sandbox && build->ahead &&
                ahead_run(build->ahead, build, build->recipe, &command, &outcome);
    if (!done && !sandbox_run(build, sandbox, &command, &outcome, problem))
        return false;
    note_outcome(build, folder, &outcome);
    return true;
}

// A group's commands as one, in which each is allowed COMPILER_SECONDS. The shell starts sooner than
// the compiler's library is loaded; but a compiler that waits has it.
static const char *const *limited(const struct build *build, const struct line_group *group)
{
    const char *const *const *lines = group->lines;
    const char **argv = lines[1] || build->ahead
                            ? compiler_one_start(build, build->recipe, COMPILER_SECONDS, group, 1)
                            : NULL;
    if (argv)
        return argv;
    char *quoted = talloc_strdup(build, "");
    for (size_t i = 0; lines[i]; i++)
        quoted = talloc_asprintf_append(quoted, "%s%s", i > 0 ? " && " : "",
                                        shell_quote(build, lines[i]));
    argv = list_new(build);
    list_add_all(&argv, (const char *const[]){"sh", "-c", NULL});
    list_add(&argv, talloc_asprintf(build, "ulimit -S -t %d; %s", COMPILER_SECONDS, quoted));
    return argv;
}

// ---- Compiling ----

// Whether the files are answers to an exercise, which are small and get as little time whether they
// are inspected or not: what is told of one before it is handed in is what comes of it.
static bool is_small(const struct build *build)
{
    return build->inspected || build->sources->course;
}

// Each command gives what is made of sources->files[number].
static const char **compile(const struct build *build, size_t number)
{
    return compiler_compile(build, build->recipe, build->sources, build->sources->files[number],
                            build_object(build, number));
}

static const char **preprocess(const struct build *build, size_t number)
{
    return compiler_preprocess(build, build->recipe, build->sources, build->sources->files[number],
                               build_text(build, number));
}

// NULL where that is not wanted, or would only be rejected again.
static const char **intermediate(const struct build *build, size_t number)
{
    if (!build->recipe->intermediate || build->ending != BUILD_DONE)
        return NULL;
    return compiler_intermediate(build, build->recipe, build->sources,
                                 build->sources->files[number], build_intermediate(build, number));
}

// All that is made of it.
static struct line_group group_of(const struct build *build, size_t number, bool inspected)
{
    if (!inspected)
        return (struct line_group){.lines = {compile(build, number)}};
    return (struct line_group){
        .lines = {preprocess(build, number), compile(build, number), intermediate(build, number)}};
}

bool build_compile(struct build *build, bool inspected, const struct sandbox *sandbox,
                   struct problem *problem)
{
    build->inspected = inspected;
    build->compiled = true;
    for (size_t i = 0; build->sources->files[i]; i++) {
        struct line_group group = group_of(build, i, inspected);
        const char *const *argv = is_small(build) ? limited(build, &group) : group.lines[0];
        if (!run(build, argv, build->made, sandbox, problem))
            return false;
    }
    return true;
}

// Takes in what the compiler wrote of the first `files` files. False if that is too much.
static bool take_messages(struct build *build, size_t files)
{
    char *messages = talloc_strdup(build, "");
    for (size_t i = 0; i < files; i++) {
        char *said = file_read(build, NULL, build_messages(build, i), MESSAGE_LIMIT, NULL, NULL);
        if (!said)
            return false;
        messages = talloc_strdup_append(messages, said);
    }
    build->messages = messages;
    return true;
}

// Whether the compiler, which did not get through, has ended by itself or as its time was over.
// (The sandbox gives a status of more than 128 as a signal.)
static bool tells_why(const struct outcome *outcome)
{
    return outcome->ending == ENDED_EXITED
               ? outcome->number != 0
               : outcome->ending == ENDED_SIGNALLED && outcome->number == SIGXCPU;
}

// Takes in that the compiler, started as `shared`, ended at one file of `build`. False, with
// `build` as it was, where a start of its own tells more: of a flood of messages, of a failure that
// is not the file's.
static bool take_failure(struct build *build, size_t number, const struct outcome *shared)
{
    struct outcome outcome = *shared;
    struct build before = *build;
    if (!tells_why(shared) || !take_messages(build, number))
        return false;
    outcome.output =
        file_read(build, NULL, build_messages(build, number), MESSAGE_LIMIT, NULL, NULL);
    if (outcome.output)
        note_outcome(build, build->made, &outcome);
    if (outcome.output && build->ending != BUILD_FAILED)
        return true;
    *build = before;
    return false;
}

// Takes in what came of all that were compiled on one start, which ended as `outcome`.
static void take_outcome(struct build *const *builds, size_t count, bool inspected,
                         const struct outcome *outcome)
{
    size_t files = list_count(builds[0]->sources->files);
    size_t dots = strspn(outcome->output, ".");
    for (size_t i = 0; i < count; i++) {
        bool whole = dots >= (i + 1) * files;
        builds[i]->compiled = whole ? take_messages(builds[i], files)
                                    : take_failure(builds[i], dots - i * files, outcome);
        builds[i]->inspected = inspected && builds[i]->compiled;
        if (!whole || !builds[i]->compiled)
            return;
    }
}

// The command that compiles for all builds on one start; NULL: that cannot be done.
static const char **all_on_one_start(const void *context, struct build *const *builds, size_t count,
                                     bool inspected)
{
    size_t files = list_count(builds[0]->sources->files);
    struct line_group *groups =
        talloc_zero_array(context, struct line_group, (unsigned)(files * count));
    for (size_t i = 0; i < count * files; i++) {
        const struct build *build = builds[i / files];
        groups[i] = group_of(build, i % files, inspected);
        groups[i].into = build_messages(build, i % files);
    }
    return compiler_one_start(context, builds[0]->recipe, COMPILER_SECONDS, groups, count * files);
}

// Compiles those for which all goes well, up to the first for which it does not.
static bool compile_on_one_start(struct build *const *builds, size_t count, bool inspected,
                                 const struct sandbox *sandbox, struct problem *problem)
{
    void *scratch = talloc_new(builds[0]);
    const struct sources *sources = builds[0]->sources;
    const struct command command = {
        .argv = all_on_one_start(scratch, builds, count, inspected),
        .env = workspace_environment(scratch, builds[0]->made),
        .directory = sources->root,
        .seconds = COMPILE_SECONDS,
        .output_limit = MESSAGE_LIMIT,
    };
    struct outcome outcome = {.output = ""};
    bool good = !command.argv || sandbox_run(scratch, sandbox, &command, &outcome, problem);
    if (command.argv && good)
        take_outcome(builds, count, inspected, &outcome);
    talloc_free(scratch);
    return good;
}

// What passed a limit for `first` is not tried again for `build`: the inspection refuses it for
// that.
static void pass_on(const struct build *first, struct build *build)
{
    build->inspected = true;
    build->compiled = true;
    build->ending = first->ending;
    build->first = talloc_strdup(build, first->first);
    build->messages = talloc_strdup(build, first->messages);
}

bool build_compile_all(struct build *const *builds, size_t count, bool inspected,
                       const struct sandbox *sandbox, struct problem *problem)
{
    const struct build *endless = NULL;
    if (count > 1 && builds[0]->sources->files[0] && (inspected || is_small(builds[0])) &&
        !compile_on_one_start(builds, count, inspected, sandbox, problem))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (endless)
            pass_on(endless, builds[i]);
        else if (!builds[i]->compiled && !build_compile(builds[i], inspected, sandbox, problem))
            return false;
        if (inspected && builds[i]->ending == BUILD_EXCEEDED)
            endless = builds[i];
    }
    return true;
}

bool build_add_texts(struct build *build, const struct sandbox *sandbox, struct problem *problem)
{
    build->inspected = true;
    for (size_t i = 0; build->sources->files[i]; i++) {
        struct line_group group = {.lines = {preprocess(build, i), intermediate(build, i)}};
        if (!run(build, limited(build, &group), build->made, sandbox, problem))
            return false;
    }
    return true;
}

char *build_preprocess(const void *context, struct build *build, const char *text,
                       const struct sandbox *sandbox, struct problem *problem)
{
    const char *file = path_join(build, build->made, "asked.c"), *made = build_text(build, 0);
    if (!file_put(build->made, "asked.c", text, strlen(text), problem))
        return NULL;
    const struct line_group group = {
        .lines = {compiler_preprocess(build, build->recipe, build->sources, file, made)}};
    if (!run(build, limited(build, &group), build->made, sandbox, problem) ||
        build->ending != BUILD_DONE)
        return NULL;
    return file_read(context, NULL, made, TEXT_LIMIT, NULL, problem);
}

// Compiles a file of the course, and keeps the object, unless there are warnings to be told each
// time. Outside of any sandbox: nothing of it is a student's.
static bool compile_course_file(struct build *build, const char *file, const char *object,
                                const char *key, struct problem *problem)
{
    const struct recipe *recipe = build->recipe;
    const char *const *renames = compiler_course_renames(recipe, build->sources, file);
    const char *rules = path_join(build, build->folder, "rules");
    const char **argv = compiler_compile(build, recipe, build->sources, file, object);
    struct timespec started = object_cache_moment();
    size_t said = strlen(build->messages);
    list_add_all(&argv, (const char *const[]){"-MD", "-MF", rules, NULL});
    if (!run(build, argv, build->folder, NULL, problem))
        return false;
    if (build->ending == BUILD_DONE && renames &&
        !run(build, compiler_rename(build, renames, object), build->folder, NULL, problem))
        return false;
    if (build->ending == BUILD_DONE && key && strlen(build->messages) == said)
        object_cache_put(key, build->sources->root, rules, object, &started);
    return true;
}

// Makes ready the objects of the course's own files.
static bool provide_course(struct build *build, const char *const *files, struct problem *problem)
{
    for (size_t i = 0; files[i]; i++) {
        const char *object = course_object(build, i);
        const char *key = object_cache_key(build, build->recipe, build->sources, files[i]);
        if (!(key && object_cache_take(key, build->sources->root, object)) &&
            !compile_course_file(build, files[i], object, key, problem))
            return false;
        chmod(object, 0644); // the sandbox's user reads it
    }
    return true;
}

// ---- Linking ----

// Renames in copies of the program's own objects what the recipe wants renamed: the objects may
// still be inspected.
static bool rename_own(struct build *build, const struct sandbox *sandbox, struct problem *problem)
{
    const char *const *options = build->recipe->rename_own;
    for (size_t i = 0; options && build->sources->files[i]; i++) {
        const char **argv = compiler_rename(build, options, build_object(build, i));
        list_add(&argv, renamed_object(build, i));
        if (!run(build, argv, build->made, sandbox, problem))
            return false;
    }
    return true;
}

static bool run_linker(struct build *build, const char *const *objects, const char *folder,
                       const struct sandbox *sandbox, struct problem *problem)
{
    const char **argv = compiler_link_directly(build, build->recipe, objects, build->program);
    bool directly = argv != NULL;
    if (!argv)
        argv = compiler_link(build, build->recipe, objects, build->program);
    if (strstr(build->messages, "[-Wmain-return-type]")) // see runtime/common/main_status.h
        list_add(&argv, directly ? "--defsym=racelings_main_is_void=1"
                                 : "-Wl,--defsym=racelings_main_is_void=1");
    return run(build, argv, folder, sandbox, problem);
}

bool build_link(struct build *build, const char *folder, const struct sandbox *sandbox,
                struct problem *problem)
{
    const char **course = compiler_course_files(build, build->recipe, build->sources);
    const char **objects = list_new(build);
    build->program = path_join(build, folder, "program");
    for (size_t i = 0; build->sources->files[i]; i++)
        list_add(&objects,
                 build->recipe->rename_own ? renamed_object(build, i) : build_object(build, i));
    for (size_t i = 0; course[i]; i++)
        list_add(&objects, course_object(build, i));
    if (build->sources->libraries)
        list_add_all(&objects, build->sources->libraries);
    return build->ending != BUILD_DONE ||
           (provide_course(build, course, problem) && rename_own(build, sandbox, problem) &&
            (build->ending != BUILD_DONE || run_linker(build, objects, folder, sandbox, problem)));
}

// ---- By hand ----

// Adds the commands that compile `files`, the program's own or the course's; their objects are
// added to `objects`.
static void add_compiling(const char ***lines, const struct recipe *recipe,
                          const struct sources *sources, const char *const *files, bool own,
                          const char *folder, const char ***objects)
{
    for (; *files; files++) {
        const char *const *renames =
            own ? recipe->rename_own : compiler_course_renames(recipe, sources, *files);
        const char *object = numbered(*lines, folder, "", list_count(*objects), "o");
        list_add(lines,
                 shell_quote(*lines, compiler_compile(*lines, recipe, sources, *files, object)));
        if (renames)
            list_add(lines, shell_quote(*lines, compiler_rename(*lines, renames, object)));
        list_add(objects, object);
    }
}

const char **build_by_hand(const void *context, const struct recipe *recipe,
                           const struct sources *sources, const char *folder)
{
    const char **lines = list_new(context), **objects = list_new(context);
    const char **course = compiler_course_files(context, recipe, sources);
    add_compiling(&lines, recipe, sources, sources->files, true, folder, &objects);
    add_compiling(&lines, recipe, sources, course, false, folder, &objects);
    if (sources->libraries)
        list_add_all(&objects, sources->libraries);
    list_add(&lines, shell_quote(lines, compiler_link(lines, recipe, objects,
                                                      path_join(lines, folder, "program"))));
    return lines;
}
