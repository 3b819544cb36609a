#define _GNU_SOURCE
#include "judge.h"

#include "base/files.h"
#include "base/moment.h"
#include "base/text.h"
#include "calls.h"
#include "doubt.h"
#include "run/workspace.h"
#include "source.h"
#include "story.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

// What a program may print before it is ended.
enum { OUTPUT_LIMIT = 4 << 20 };

static void set_verdict(struct judgement *judgement, enum verdict verdict, const char *reason)
{
    judgement->verdict = verdict;
    judgement->reason = reason;
}

static const char *const *arguments_for(void *context, const struct subject *subject,
                                        const struct detector *detector)
{
    if (subject->arguments)
        return subject->arguments;
    const char **arguments = list_new(context);
    if (subject->exercise)
        list_add(&arguments, talloc_asprintf(arguments, "%ld",
                                             exercise_rounds(subject->exercise, detector->name)));
    return arguments;
}

// What is wrong on our side, as a build.
static struct build *failed_build(void *context, const struct problem *problem)
{
    struct build *build = talloc_zero(context, struct build);
    *build = (struct build){.ending = BUILD_FAILED, .messages = ""};
    build->first = talloc_strdup(build, problem->text);
    return build;
}

struct build *judge_begin_build(void *context, const struct subject *subject,
                                const struct detector *detector)
{
    struct problem problem;
    struct build *build = build_new(context, detector->recipe, &subject->sources, &problem);
    if (!build)
        return failed_build(context, &problem);
    build->ahead = ahead_for(subject->ahead, detector->recipe);
    return build;
}

// Compiles those that were begun. False with `problem` filled if the harness failed.
static bool compile_all(const struct subject *subject, struct build *const *builds, size_t count,
                        bool inspected, struct problem *problem)
{
    const struct sandbox *sandbox = NULL;
    for (size_t i = 0; i < count; i++)
        if (builds[i]->ending == BUILD_FAILED)
            return problem_set(problem, "%s", builds[i]->first);
    if (subject->confinement)
        sandbox = confinement_compile(builds[0], subject->confinement, builds, count, problem);
    return (sandbox || !subject->confinement) &&
           build_compile_all(builds, count, inspected, sandbox, problem);
}

void judge_compile_all(const struct subject *subject, struct build *const *builds, size_t count,
                       bool inspected)
{
    double start = moment_now();
    struct problem problem;
    bool good = compile_all(subject, builds, count, inspected, &problem);
    for (size_t i = 0; i < count; i++) {
        builds[i]->seconds = (moment_now() - start) / (double)count;
        if (good)
            continue;
        builds[i]->ending = BUILD_FAILED;
        builds[i]->first = talloc_strdup(builds[i], problem.text);
    }
}

struct build *judge_compile(void *context, const struct subject *subject,
                            const struct detector *detector, bool inspected)
{
    struct build *build = judge_begin_build(context, subject, detector);
    judge_compile_all(subject, &build, 1, inspected);
    return build;
}

struct build **judge_no_builds(const void *context)
{
    return talloc_zero_array(context, struct build *, (unsigned)list_count(detector_names));
}

bool judge_inspect_build(const struct subject *subject, struct build *build,
                         struct problem *problem)
{
    const struct sandbox *sandbox = NULL;
    if (build->inspected || build->ending == BUILD_FAILED)
        return true;
    if (subject->confinement)
        sandbox = confinement_compile(build, subject->confinement, &build, 1, problem);
    return (sandbox || !subject->confinement) && build_add_texts(build, sandbox, problem);
}

char *judge_preprocess(void *context, const struct subject *subject,
                       const struct detector *detector, const char *text)
{
    struct problem problem;
    const struct sandbox *sandbox = NULL;
    char *made = NULL;
    struct build *build = build_new(context, detector->recipe, &subject->sources, &problem);
    if (build && subject->confinement)
        sandbox = confinement_compile(build, subject->confinement, &build, 1, &problem);
    if (build && (sandbox || !subject->confinement))
        made = build_preprocess(context, build, text, sandbox, &problem);
    talloc_free(build);
    return made;
}

// Links what was compiled into `folder`.
static bool link_step(const struct subject *subject, struct build *build, const char *folder,
                      struct problem *problem)
{
    const struct sandbox *sandbox = NULL;
    if (build->ending != BUILD_DONE)
        return true;
    if (subject->confinement)
        sandbox = confinement_link(build, subject->confinement, build, folder, problem);
    return (sandbox || !subject->confinement) && build_link(build, folder, sandbox, problem);
}

// Finishes the build in `folder`. Returns false, with the verdict set, if there is nothing to run.
static bool build_step(void *context, struct judgement *judgement, struct build *build,
                       const char *folder, struct program *program)
{
    struct problem problem;
    if (!link_step(judgement->subject, build, folder, &problem))
        build = failed_build(context, &problem);
    judgement->messages = build->messages;
    program->path = build->program;
    if (build->ending == BUILD_REJECTED || build->ending == BUILD_EXCEEDED)
        set_verdict(judgement, VERDICT_DOES_NOT_BUILD, build->first);
    else if (build->ending != BUILD_DONE)
        set_verdict(judgement, VERDICT_UNGRADABLE, build->first);
    return build->ending == BUILD_DONE;
}

// Whether the run would count for or against the program's judges only if main returned: it is
// clean, or it exited with a detector's report cut off.
static bool proves_only_at_end(const struct judgement *judgement, const struct outcome *outcome)
{
    return judgement->verdict == VERDICT_CLEAN ||
           (judgement->verdict == VERDICT_UNGRADABLE && outcome->ending == ENDED_EXITED &&
            judgement->reading.state == READING_CUT);
}

// Whether main returned in the run just ended, with the status that the program had, or in all runs
// of one that explores. Asked of exercises only: a program of one's own may end as it likes.
static bool reached_end(const struct judgement *judgement, const struct outcome *outcome)
{
    for (size_t i = 0; i < judgement->reading.search_count; i++)
        if (judgement->reading.searches[i].left > 0)
            return false;
    return outcome->sealed &&
           (judgement->verdict != VERDICT_CLEAN || outcome->main_status == outcome->number);
}

static void name_findings(void *context, const char *root, struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++) {
        struct finding *finding = &reading->findings[i];
        if (finding->story)
            story_name(context, root, finding);
        source_name(context, root, finding);
    }
}

// Takes away what the run before has left, which must not be taken for this one's.
static void remove_remains(const void *context, const struct program *program,
                           const struct detector *detector)
{
    for (size_t i = 0; detector->reports[i]; i++)
        unlink(path_join(context, program->folder, detector->reports[i]));
}

// About as many at once as in the sandbox, where threads count, too: more than any driver starts,
// and few for a machine.
enum { MOST_PROCESSES = 500 };

// What a run gets that hangs by another judge's word: processor time, as for struct command.
enum { HURRIED_SECONDS = 10 };

// What a driver's rounds are divided by where they take too long.
enum { FEWER = 20 };

// Whether the plain run of an exercise was ended while it computed: threads that spin in turn need
// a processor each, or take as long as a busy machine makes them. Fewer rounds show the same.
static bool may_do_with_fewer(const struct judgement *judgement, const struct outcome *outcome)
{
    const struct subject *subject = judgement->subject;
    return outcome->ending == ENDED_TIMEOUT && !outcome->waited && subject->exercise &&
           !subject->arguments && judgement->verdict == VERDICT_HUNG;
}

static void say_what_prints(void *context, struct judgement *judgement)
{
    const char *call = judgement->verdict == VERDICT_FLOODED
                           ? calls_printing(context, &judgement->subject->sources)
                           : NULL;
    if (call)
        judgement->reason =
            talloc_asprintf(context, "%s: take out the %s", judgement->reason, call);
}

// With what status a program of one's own ended, where all that counts against it is this; 0: it is
// not all.
static int telling_status(const struct judgement *judgement, const struct outcome *outcome)
{
    const struct finding *finding = verdict_finding(&judgement->reading);
    const char *last = finding ? strrchr(finding->what, ' ') : NULL; // "main returned 3"
    if (judgement->subject->exercise)
        return 0;
    if (judgement->verdict == VERDICT_WRONG_RESULT)
        return finding && finding->story && finding->story->scene ? 0
               : last && atoi(last) > 0                           ? atoi(last)
                                                                  : 1;
    bool exited = judgement->verdict == VERDICT_CRASHED && outcome->ending == ENDED_EXITED &&
                  !finding && judgement->reading.state == READING_COMPLETE;
    return exited ? outcome->number : 0;
}

// Such a program may not know that its exit status is a verdict.
static void say_what_status_means(void *context, struct judgement *judgement,
                                  const struct outcome *outcome)
{
    const struct subject *subject = judgement->subject;
    const struct finding *finding = verdict_finding(&judgement->reading);
    int status = telling_status(judgement, outcome);
    if (status == 0)
        return;
    const char *printed = finding && finding->story ? finding->story->output : judgement->output;
    bool usage =
        printed && strcasestr(printed, "usage:") && !(subject->arguments && subject->arguments[0]);
    set_verdict(
        judgement, VERDICT_WRONG_RESULT,
        talloc_asprintf(
            context, "ended with exit status %d, which racelings takes for a wrong result%s%s%s",
            status, usage ? "; its usage line says that it wants arguments: racelings try " : "",
            usage ? subject->name : "", usage ? " -- ..." : ""));
}

// Whether answers may open files: then that of their own memory, too, but for this. In others it is
// left as it is: so the state of their threads can be looked at.
static bool may_open_files(const struct exercise *exercise)
{
    static const char *const ways[] = {"open", "openat", "fopen"};
    for (size_t i = 0; exercise && i < sizeof ways / sizeof ways[0]; i++)
        if (list_has(exercise->allow, ways[i]))
            return true;
    return false;
}

static struct command command_of(const struct judgement *judgement, const struct program *program)
{
    const struct detector *detector = judgement->detector;
    const struct subject *subject = judgement->subject;
    return (struct command){
        .directory = program->folder,
        .input = subject->input,
        .seconds = subject->seconds > 0 ? subject->seconds : detector->seconds,
        .hurry = detector->explores ? NULL : subject->hangs, // that one counts steps
        .hurried_seconds = HURRIED_SECONDS,
        .output_limit = OUTPUT_LIMIT,
        .most_processes = MOST_PROCESSES,
        .tells_stacks = !subject->confinement && !detector->explores,
        .sealed = true,
        .secluded = subject->confinement && may_open_files(subject->exercise),
    };
}

// Runs the program, in the sandbox if there is one. False with `problem` filled if the harness
// failed.
static bool run_program(void *context, const struct judgement *judgement,
                        const struct program *program, struct command *command,
                        struct outcome *outcome, struct problem *problem)
{
    const struct detector *detector = judgement->detector;
    const struct confinement *confinement = judgement->subject->confinement;
    const struct sandbox *sandbox = NULL;
    detector->prepare(context, program, judgement->runs, command);
    remove_remains(context, program, detector);
    if (confinement)
        sandbox = confinement_run(context, confinement, detector, program, problem);
    return (sandbox || !confinement) && sandbox_run(context, sandbox, command, outcome, problem);
}

// Runs the program once and decides on that run. Returns whether it is to be run with fewer rounds.
static bool run_step(void *context, struct judgement *judgement, const struct program *program)
{
    const struct detector *detector = judgement->detector;
    struct command command = command_of(judgement, program);
    struct outcome outcome;
    struct problem problem;
    if (!run_program(context, judgement, program, &command, &outcome, &problem)) {
        set_verdict(judgement, VERDICT_UNGRADABLE, talloc_strdup(context, problem.text));
        return false;
    }
    detector->read(context, program, &outcome, &judgement->reading);
    judgement->output = judgement->reading.output ? judgement->reading.output : outcome.output;
    name_findings(context, program->root, &judgement->reading);
    judgement->verdict =
        verdict_decide(context, detector, &outcome, &judgement->reading, &judgement->reason);
    if (judgement->subject->exercise && proves_only_at_end(judgement, &outcome) &&
        !reached_end(judgement, &outcome))
        set_verdict(judgement, VERDICT_CRASHED,
                    "the program ended before its main function did, so nothing was proved: does "
                    "something call exit, or end the main thread?");
    if (command.tells_stacks && judgement->reading.stack_count > 0) {
        outcome.stacks = judgement->reading.stacks;
        outcome.stack_count = judgement->reading.stack_count;
    }
    judgement->halts = halts_read(context, program->root, &outcome, &judgement->halt_count);
    say_what_prints(context, judgement);
    doubt(context, judgement);
    say_what_status_means(context, judgement, &outcome);
    return may_do_with_fewer(judgement, &outcome);
}

static const char *const *fewer_arguments(void *context, const struct judgement *judgement)
{
    const char **arguments = list_new(context);
    long rounds = exercise_rounds(judgement->subject->exercise, judgement->detector->name);
    list_add(&arguments, talloc_asprintf(arguments, "%ld", rounds >= FEWER ? rounds / FEWER : 1));
    return arguments;
}

// Runs the program once; a second time where that may tell more: with other settings of the tool,
// or with fewer rounds.
static void try_step(void *context, struct judgement *judgement, struct program *program)
{
    bool fewer = run_step(context, judgement, program);
    if (judgement->reading.retry)
        program->settings = judgement->reading.retry;
    else if (fewer)
        program->arguments = fewer_arguments(context, judgement);
    else
        return;
    run_step(context, judgement, program);
}

// A program of one's own may read files by names relative to the folder that it lies in; it runs in
// one of its own, so that what it writes by such names is gone with that.
static void show_files(const void *context, const char *root, const char *folder)
{
    enum { MOST = 2000 };
    DIR *entries = opendir(root);
    struct dirent *entry;
    for (int count = 0; entries && count < MOST && (entry = readdir(entries)) != NULL; count++)
        if (entry->d_name[0] != '.' && // a name that is taken stays the tool's
            symlink(path_join(context, root, entry->d_name),
                    path_join(context, folder, entry->d_name)) != 0)
            continue;
    if (entries)
        closedir(entries);
}

void judge(void *context, const struct subject *subject, const struct detector *detector,
           struct judgement *judgement)
{
    struct build *build = judge_compile(context, subject, detector, false);
    judge_compiled(context, subject, detector, build, judgement);
}

const char *judge_and_keep(void *context, const struct subject *subject,
                           const struct detector *detector, struct build *build,
                           struct judgement *judgement)
{
    double start = moment_now();
    *judgement =
        (struct judgement){.subject = subject, .detector = detector, .output = "", .messages = ""};
    struct problem problem;
    const char *folder = workspace_new(context, &problem);
    struct program program = {
        .folder = folder,
        .root = subject->sources.root,
        .arguments = arguments_for(context, subject, detector),
        .schedule = subject->schedule,
    };
    if (!folder)
        set_verdict(judgement, VERDICT_UNGRADABLE, talloc_strdup(context, problem.text));
    else if (build_step(context, judgement, build, folder, &program)) {
        if (!subject->exercise && !subject->confinement)
            show_files(context, subject->sources.root, folder);
        do {
            judgement->runs++;
            try_step(context, judgement, &program);
        } while (judgement->verdict == VERDICT_CLEAN && judgement->runs < detector->runs);
    } else {
        doubt(context, judgement);
    }
    if (judgement->runs > 0 && detector->runs > 1 && judgement->verdict != VERDICT_UNGRADABLE &&
        judgement->verdict != VERDICT_ABSTAINS)
        judgement->reason = talloc_asprintf(context, "%s (run %d of %d)", judgement->reason,
                                            judgement->runs, detector->runs);
    if (subject->hangs && judgement->verdict == VERDICT_HUNG)
        atomic_store(subject->hangs, true);
    judgement->seconds = build->seconds + moment_now() - start;
    return folder;
}

void judge_compiled(void *context, const struct subject *subject, const struct detector *detector,
                    struct build *build, struct judgement *judgement)
{
    talloc_free((void *)judge_and_keep(context, subject, detector, build, judgement));
}

// The settings of the environment that differ from an empty one, as the shell writes them.
static char *shell_run(void *context, const struct command *command)
{
    const char **words = list_new(context);
    list_add(&words, "env");
    list_add(&words, "-i");
    list_add_all(&words, command->env);
    if (command->fixed_addresses) {
        list_add(&words, "setarch");
        list_add(&words, "-R");
    }
    list_add_all(&words, command->argv);
    return shell_quote(context, words);
}

char *judge_commands(void *context, const struct subject *subject, const struct detector *detector,
                     const char *folder)
{
    struct program program = {
        .path = talloc_asprintf(context, "%s/program", folder),
        .folder = folder,
        .root = subject->sources.root,
        .arguments = arguments_for(context, subject, detector),
    };
    const char *const go_there[] = {"cd", subject->sources.root, NULL};
    const char *const make_folder[] = {"mkdir", "-p", folder, NULL};
    const char *const enter_folder[] = {"cd", folder, NULL};
    const char **lines = list_new(context);
    list_add(&lines, shell_quote(context, make_folder));
    list_add(&lines, shell_quote(context, go_there));
    list_add_all(&lines, build_by_hand(context, detector->recipe, &subject->sources, folder));
    list_add(&lines, shell_quote(context, enter_folder));
    for (int run = 1; run <= detector->runs; run++) {
        struct command command = {0};
        detector->prepare(context, &program, run, &command);
        list_add(&lines, shell_run(context, &command));
    }
    return list_join(context, lines, "\n");
}
