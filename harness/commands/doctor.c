// racelings doctor: are the tools on this machine sound? Names them, judges programs whose verdict
// is known, and says what on this host weakens the judges.

#define _GNU_SOURCE
#include "commands.h"
#include "common.h"

#include "base/crew.h"
#include "base/files.h"
#include "base/terminal.h"
#include "base/text.h"
#include "course/kit.h"
#include "grade/tamper/tamper.h"
#include "judge/confinement.h"
#include "judge/subjects.h"
#include "output/explain.h"
#include "run/sandbox.h"
#include "run/workspace.h"
#include "toolchain.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <talloc.h>
#include <unistd.h>

struct examination {
    size_t failed; // what makes verdicts impossible or wrong
    size_t weak;   // what only makes something weaker
    void *scratch;
};

static void good(const char *what, const char *detail)
{
    printf("%sok%s    %-14s %s\n", paint(PAINT_GOOD), paint(PAINT_OFF), what, detail);
}

static void say(const char *mark, enum paint colour, const char *what, const char *detail)
{
    char *wrapped = text_wrap(NULL, detail, terminal_width(), 21);
    printf("%s%s%s%*s%-14s %s\n", paint(colour), mark, paint(PAINT_OFF), (int)(6 - strlen(mark)),
           "", what, wrapped);
    talloc_free(wrapped);
}

static void bad(struct examination *examination, const char *what, const char *detail)
{
    examination->failed++;
    say("FAIL", PAINT_BAD, what, detail);
}

static void weak(struct examination *examination, const char *what, const char *detail)
{
    examination->weak++;
    say("weak", PAINT_ODD, what, detail);
}

static void examine_tools(struct examination *examination)
{
    for (const struct detector *const *detector = detectors; *detector; detector++) {
        struct problem problem = {""};
        const char *version = (*detector)->version(examination->scratch, &problem);
        if (version)
            good((*detector)->name, version);
        else
            bad(examination, (*detector)->name, problem.text);
    }
    if (access(TOOLCHAIN_SYMBOLIZER, X_OK) == 0)
        good("symbolizer", TOOLCHAIN_SYMBOLIZER);
    else
        bad(examination, "symbolizer",
            TOOLCHAIN_SYMBOLIZER " is gone: without it ThreadSanitizer names no "
                                 "line. Install it again (package llvm), then \"cmake -B build\".");
}

// A program with a known verdict.
static const struct canary {
    const char *file, *detector;
    enum verdict verdict;
    const char *what;
} canaries[] = {
    {"racy.c", "explore", VERDICT_REPORTED, "a known race is reported"},
    {"lost_update.c", "explore", VERDICT_WRONG_RESULT, "a known lost update is found"},
    {"clean.c", "explore", VERDICT_CLEAN, "a known clean program is clean"},
    {"racy.c", "tsan", VERDICT_REPORTED, "a known race is reported"},
    {"clean.c", "tsan", VERDICT_CLEAN, "a known clean program is clean"},
    {"racy.c", "helgrind", VERDICT_REPORTED, "a known race is reported"},
    {"clean.c", "helgrind", VERDICT_CLEAN, "a known clean program is clean"},
    {"lost_update.c", "native", VERDICT_WRONG_RESULT, "a known lost update is seen"},
    {"clean.c", "native", VERDICT_CLEAN, "a known right result is right"},
};

// Judges a program whose verdict is known, and shows meanwhile what is tried.
static void judge_known(void *context, const struct subject *subject,
                        const struct detector *detector, const char *what,
                        struct judgement *judgement)
{
    progress_show(0, 1, what);
    judge(context, subject, detector, judgement);
    progress_clear();
}

static void examine_canary(struct examination *examination, const struct canary *canary)
{
    void *context = talloc_new(NULL);
    const char *none[] = {NULL};
    const char *files[] = {canary->file, NULL};
    struct subject subject = {
        .name = canary->file,
        .variant = "canary",
        .arguments = none,
        .sources = {.root = kit_path(context, "harness/canaries"), .files = files}};
    struct judgement judgement;
    judge_known(context, &subject, detector_find(canary->detector), canary->what, &judgement);
    if (judgement.verdict == canary->verdict)
        good(canary->detector, canary->what);
    else
        bad(examination, canary->detector,
            talloc_asprintf(context, "%s is expected to be \"%s\", but the verdict is \"%s\": %s",
                            canary->file, verdict_name(canary->verdict),
                            verdict_name(judgement.verdict), judgement.reason));
    talloc_free(context);
}

// A folder that the sandbox's user may read, with a copy of the clean program in it; NULL with
// `problem` filled.
static const char *lay_out_clean(const void *context, struct problem *problem)
{
    size_t size = 0;
    const char *canary_folder = kit_path(context, "harness/canaries");
    const char *root = workspace_new(context, problem);
    const char *bytes =
        root ? file_read(context, canary_folder, "clean.c", 1 << 16, &size, problem) : NULL;
    bool there = bytes && folder_make(root, "canary", problem) &&
                 file_put(path_join(context, root, "canary"), "clean.c", bytes, size, problem) &&
                 sandbox_own(root, problem);
    return there ? root : NULL;
}

// What compilers, linkers and judges need of the sandbox is more than that a command runs in it.
static void examine_grading(struct examination *examination)
{
    const char *nothing[] = {NULL}, *files[] = {"canary/clean.c", NULL};
    struct problem problem = {""};
    const char *root = lay_out_clean(examination->scratch, &problem);
    struct subject subject = {.name = "clean.c",
                              .variant = "canary",
                              .arguments = nothing,
                              .sources = {.root = root, .include = "canary", .files = files},
                              .confinement =
                                  root ? confinement_new(examination->scratch, &problem) : NULL};
    if (!subject.confinement) {
        bad(examination, "sandbox", problem.text);
        return;
    }
    for (const struct detector *const *detector = detectors; *detector; detector++) {
        struct judgement judgement;
        judge_known(examination->scratch, &subject, *detector,
                    "a known clean program is judged in the sandbox", &judgement);
        if (judgement.verdict == VERDICT_CLEAN)
            continue;
        bad(examination, "sandbox",
            talloc_asprintf(examination->scratch,
                            "%s cannot judge in it, so do not grade here: a clean "
                            "program is \"%s\": %s",
                            (*detector)->title, verdict_name(judgement.verdict), judgement.reason));
        return;
    }
    good("sandbox", "every judge finds a known clean program clean in it");
}

// Whether grading would run an answer that has nothing in it to mind. It knows compilers by what
// they name and call; a new one may name and call things that nobody here has seen.
static void examine_inspection(struct examination *examination)
{
    const char *nothing[] = {NULL}, *edit[] = {"answer.c", NULL};
    const char *files[] = {"inspected/answer.c", NULL};
    struct exercise exercise = {.name = "inspected",
                                .folder = "inspected",
                                .edit = edit,
                                .sources = edit,
                                .abstains = nothing,
                                .allow = nothing};
    struct subject subject = {
        .name = exercise.name, .variant = "canary", .arguments = nothing, .exercise = &exercise};
    subject.sources = (struct sources){.root = kit_path(examination->scratch, "harness/canaries"),
                                       .files = files};
    struct build **builds = judge_no_builds(examination->scratch);
    struct refusal refusal;
    struct problem problem = {""};
    progress_show(0, 1, "a harmless answer is inspected");
    enum inspection inspection =
        tamper_inspect(examination->scratch, &subject, builds, &refusal, &problem);
    progress_clear();
    if (inspection == INSPECTION_FINE)
        good("inspection", "a harmless answer may be graded");
    else if (inspection == INSPECTION_FAILED || inspection == INSPECTION_NOT_C)
        bad(examination, "inspection",
            inspection == INSPECTION_FAILED ? problem.text : "a harmless answer does not compile");
    else
        bad(examination, "inspection",
            talloc_asprintf(examination->scratch,
                            "grading would not run a harmless answer, for its line %d: %s Do not "
                            "grade on this machine; take another version of clang.",
                            refusal.line, refusal.reason));
}

// Runs `test` in a child and gives its exit status; -1 if that could not be had.
static int in_child(int (*test)(void))
{
    pid_t child = fork();
    int status = 0;
    if (child == 0)
        _exit(test());
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status);
}

static int try_fixed_addresses(void)
{
    return personality(ADDR_NO_RANDOMIZE) == -1;
}

static void examine_addresses(struct examination *examination)
{
    if (in_child(try_fixed_addresses) == 0)
        good("addresses", "randomisation can be switched off for the programs judged");
    else
        weak(
            examination, "addresses",
            "address space randomisation cannot be switched off here (a "
            "container's seccomp profile?): ThreadSanitizer may fail now and then, which is told as "
            "\"ungradable\". Allow personality(2), or \"sysctl vm.mmap_rnd_bits=28\" on the host.");
}

static bool examine_confinement(struct examination *examination)
{
    struct problem problem = {""};
    bool works = sandbox_works(&problem);
    if (works)
        good("sandbox", "commands can be confined, as grading needs");
    else
        weak(examination, "sandbox",
             talloc_asprintf(examination->scratch,
                             "%s. Judging your own programs does not need it; "
                             "grading does.",
                             problem.text));
    return works;
}

static void examine_cores(struct examination *examination)
{
    char detail[64];
    int cores = crew_processors();
    text_format(detail, sizeof detail, "%d to run on", cores);
    if (cores > 1)
        good("cores", detail);
    else
        weak(examination, "cores",
             "only one to run on: threads never run side by side, so a plain run "
             "of a racy program nearly always gets the right result. The detectors do not mind.");
}

static void examine_space(struct examination *examination)
{
    struct problem problem = {""};
    struct statvfs space;
    char detail[128];
    const char *folder = workspace_new(NULL, &problem);
    if (!folder)
        bad(examination, "space", problem.text);
    else if (statvfs(folder, &space) == 0 && space.f_bavail * space.f_frsize < (64UL << 20))
        bad(examination, "space",
            "less than 64 MiB left for temporary files; make room or point TMPDIR "
            "elsewhere");
    else
        good("space", text_format(detail, sizeof detail, "temporary files go below %s",
                                  getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp")
                          ? detail
                          : "");
    talloc_free((void *)folder);
}

static void examine_proc(struct examination *examination)
{
    if (access("/proc/self/maps", R_OK) == 0)
        good("/proc", "is mounted");
    else
        bad(examination, "/proc",
            "is not mounted: valgrind cannot start without it, and "
            "ThreadSanitizer cannot name functions");
}

static int run(const struct options *options)
{
    struct examination examination = {.scratch = talloc_new(options)};
    examine_tools(&examination);
    examine_proc(&examination);
    examine_space(&examination);
    examine_addresses(&examination);
    examine_cores(&examination);
    bool confines = examine_confinement(&examination);
    for (size_t i = 0; i < sizeof canaries / sizeof canaries[0]; i++)
        examine_canary(&examination, &canaries[i]);
    if (confines)
        examine_grading(&examination);
    examine_inspection(&examination);
    if (examination.failed)
        printf("\n%zu thing%s must be mended before verdicts from this machine can be trusted.\n",
               examination.failed, examination.failed > 1 ? "s" : "");
    else
        printf("\nThe judges are sound%s.\n",
               examination.weak ? "; what is marked \"weak\" costs comfort, not truth" : "");
    return examination.failed ? EXIT_TOOL : EXIT_AS_HOPED;
}

static const struct option_rule *const rules[] = {NULL};

const struct subcommand doctor_command = {
    .name = "doctor",
    .arguments = "",
    .summary = "are the tools on this machine sound?",
    .help =
        "Looks for the tools, judges programs whose verdict is known, tries the sandbox, and says "
        "what on this machine weakens the judges and what to do about it.",
    .options = rules,
    .run = run,
};
