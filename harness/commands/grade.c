// racelings grade SUBMISSIONS --out DIR [NAME...]: judges a class and writes its gradebook.

#define _GNU_SOURCE
#include "commands.h"
#include "common.h"

#include "base/files.h"
#include "base/terminal.h"
#include "base/text.h"
#include "course/kit.h"
#include "course/names.h"
#include "grade/grading.h"
#include "grade/policy.h"
#include "output/class_output.h"
#include "output/output.h"
#include "output/report.h"
#include "run/workspace.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

// ---- The output folder ----

// The mark of an output folder; also what a grading holds locked.
static const char mark[] = ".racelings-grades";

static bool is_empty(const char *folder)
{
    DIR *stream = opendir(folder);
    bool empty = stream != NULL;
    for (struct dirent *entry; stream && empty && (entry = readdir(stream)) != NULL;)
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    if (stream)
        closedir(stream);
    return empty;
}

// Temporary folders go below one that belongs to this output folder, so that those of a grading that
// was killed are found and removed by the next.
static bool take_home(const char *out, struct problem *problem)
{
    char digest[SHA256_DIGEST_STRING_LENGTH], key[32];
    char *path = realpath(out, NULL);
    if (!path)
        return problem_set(problem, "--out %s: %s", out, strerror(errno));
    SHA256Data((const uint8_t *)path, strlen(path), digest);
    text_format(key, sizeof key, "grade%.16s", digest);
    free(path);
    return workspace_home(key, problem);
}

// Makes the folder, or goes on in one of ours, and locks it until the program ends. Writing into a
// folder that holds something else could overwrite it.
static bool open_out(const char *out, struct problem *problem)
{
    void *scratch = talloc_new(NULL);
    const char *path = path_join(scratch, out, mark);
    bool good = folder_make(NULL, out, problem);
    if (good && access(path, F_OK) != 0 && !is_empty(out))
        good = problem_set(problem,
                           "--out %s holds something that is no gradebook; name a new or "
                           "an empty folder, or that of an earlier grading",
                           out);
    int file = good ? open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644) : -1;
    if (good && file < 0)
        good = problem_set(problem, "%s cannot be written: %s", path, strerror(errno));
    if (good && flock(file, LOCK_EX | LOCK_NB) != 0)
        good = problem_set(problem, "another grading is writing to %s; wait for its end", out);
    talloc_free(scratch);
    return good && take_home(out, problem);
}

// ---- What is said at the end ----

static void say_counts(const struct class *class)
{
    size_t counts[STANDING_COUNT] = {0};
    for (size_t i = 0; i < class->count; i++)
        for (size_t k = 0; k < class->exercise_count; k++)
            counts[class->students[i].cells[k].standing]++;
    printf("%zu student%s, %zu exercise%s:", class->count, class->count == 1 ? "" : "s",
           class->exercise_count, class->exercise_count == 1 ? "" : "s");
    const char *before = " ";
    for (int i = 0; i < STANDING_COUNT; i++)
        if (counts[i]) {
            printf("%s%zu %s", before, counts[i], standing_name(i));
            before = ", ";
        }
    printf("\n");
}

// Returns how many cells are ungradable. With `quiet` only what asks for attention is said.
static size_t say_result(const struct class *class, bool quiet)
{
    size_t ungradable = 0, refused = 0;
    for (size_t i = 0; i < class->count; i++) {
        ungradable += class->students[i].ungradable;
        refused += class->students[i].refused;
    }
    if (!quiet) {
        say_counts(class);
        printf("The gradebook is %s/grades.csv, the class at a glance %s/report.html.\n",
               class->out, class->out);
    }
    if (refused)
        printf("Refused for tampering: %zu. Look at %s/refused.txt.\n", refused, class->out);
    if (ungradable)
        printf("Ungradable, so without points: %zu. %s/ungradable.txt says how to judge\n"
               "them again.\n",
               ungradable, class->out);
    if (!class->sandboxed)
        printf("Judged WITHOUT a sandbox (--unsafe), as all results say.\n");
    return ungradable;
}

// ---- All of it ----

struct grade {
    const struct options *options;
    const char *folder; // of the submissions
    struct course *course;
    struct submissions *submissions;
    struct policy *policy;
    struct grading grading;
};

// The submissions are the first name, exercises the others.
static bool read_all(struct grade *grade, void *context, struct problem *problem)
{
    const struct options *options = grade->options;
    if (!options->names[0] || !options->out)
        return problem_set(problem, "grade: name the folder of submissions and an output folder: "
                                    "racelings grade SUBMISSIONS --out DIR");
    grade->folder = options->names[0];
    grade->course =
        course_load(context, options->root, detector_names, COURSE_WITHOUT_ANSWERS, problem);
    if (!grade->course)
        return false;
    grade->policy = policy_read(context, grade->course, options->policy, problem);
    grade->grading.exercises = course_choose(context, grade->course, options->names + 1, problem);
    if (!grade->policy || !grade->grading.exercises)
        return false;
    grade->submissions = submissions_read(context, grade->course, grade->folder, problem);
    return grade->submissions != NULL;
}

// What is judged without a sandbox runs as whoever grades: only if that was asked for.
static bool confine(struct grade *grade, void *context, struct problem *problem)
{
    struct problem why = {""};
    if (grade->options->unsafe)
        return true;
    if (!sandbox_works(&why))
        return problem_set(problem,
                           "submissions cannot be confined here, and are not run "
                           "otherwise: %.1500s\n(--unsafe grades without a sandbox: the "
                           "submissions could then read and change whatever you can.)",
                           why.text);
    grade->grading.confinement = confinement_new(context, problem);
    return grade->grading.confinement != NULL;
}

// What a command that grades this class again must say besides the folders.
static const char *const *repeated_arguments(const void *context, const struct options *options)
{
    const char **arguments = list_new(context);
    list_add_all(&arguments, options->names + 1);
    if (strcmp(options->root, kit_folder()) != 0) {
        list_add(&arguments, "--course");
        list_add(&arguments, options->root);
    }
    if (options->policy) {
        list_add(&arguments, "--policy");
        list_add(&arguments, options->policy);
    }
    return arguments;
}

static int judge_class(struct grade *grade, void *context, struct problem *problem)
{
    struct class class = {.submissions = grade->folder, .out = grade->options->out};
    class.arguments = repeated_arguments(context, grade->options);
    char *name = talloc_strdup(context, grade->folder);
    class.title = basename(name);
    grade->grading.course = grade->course;
    grade->grading.submissions = grade->submissions;
    grade->grading.out = grade->options->out;
    grade->grading.regrade = grade->options->regrade;
    grade->grading.workers = grade->options->workers;
    grade->grading.quiet = grade->options->quiet;
    grade->grading.keep = json_kept;
    grade->grading.seconds = grade->options->seconds;
    paint_nothing(); // stories go to files
    if (!grading_run(context, &grade->grading, &class, problem))
        return tool_failure(problem);
    policy_apply(grade->policy, &class);
    if (!write_class(&class, class.out, problem) || !write_report(&class, class.out, problem))
        return tool_failure(problem);
    return say_result(&class, grade->options->quiet) > 0 ? EXIT_NOT_SO : EXIT_AS_HOPED;
}

static int run(const struct options *options)
{
    void *context = talloc_new(options);
    struct problem problem = {""};
    struct grade grade = {.options = options};
    int status = EXIT_USAGE;
    if (!read_all(&grade, context, &problem))
        status = usage_failure(&problem);
    else if (!open_out(options->out, &problem))
        status = usage_failure(&problem);
    else if (!ready_to_judge(options, &problem) || !confine(&grade, context, &problem))
        status = tool_failure(&problem);
    else
        status = judge_class(&grade, context, &problem);
    talloc_free(context);
    workspace_leave_home();
    return status;
}

static const struct option_rule out = {
    .id = OPTION_OUT,
    .name = "out",
    .argument = "DIR",
    .value = VALUE_FOLDER,
    .help = "where the gradebook goes; needed",
};
static const struct option_rule policy = {
    .id = OPTION_POLICY,
    .name = "policy",
    .argument = "FILE",
    .value = VALUE_FILE,
    .help = "weights, partial credit, late rules",
};
static const struct option_rule regrade = {
    .id = OPTION_REGRADE,
    .name = "regrade",
    .argument = "WHAT",
    .value = VALUE_TEXT,
    .help = "judge again what was judged before: a student (ID), an exercise (NAME), both "
            "(ID/NAME), or \"ungradable\": where a tool failed",
};
static const struct option_rule unsafe = {
    .id = OPTION_UNSAFE,
    .name = "unsafe",
    .help = "without a sandbox; results say so",
};
static const struct option_rule *const rules[] = {
    &out,         &policy,       &regrade,       &unsafe, &option_timeout,
    &option_jobs, &option_quiet, &option_course, NULL,
};

const struct subcommand grade_command = {
    .name = "grade",
    .arguments = "SUBMISSIONS --out DIR [NAME...]",
    .summary = "grade a class",
    .help =
        "Judges what a class handed in, inside a sandbox, and writes a gradebook, feedback for "
        "each student and more to DIR. SUBMISSIONS is a folder that holds, for each student, a "
        "folder or an archive. The NAMEs choose exercises and chapters; all by default. A grading "
        "that was stopped goes on when it is started again.",
    .first = VALUE_FOLDER,
    .rest = VALUE_EXERCISE,
    .options = rules,
    .run = run,
};
