// racelings grade SUBMISSIONS --out DIR [NAME...]: judges a class and writes its gradebook.

#define _GNU_SOURCE
#include "commands.h"
#include "common.h"
#include "grade_folder.h"

#include "base/terminal.h"
#include "base/text.h"
#include "course/kit.h"
#include "course/names.h"
#include "grade/grading.h"
#include "grade/kept.h"
#include "grade/plan.h"
#include "grade/policy.h"
#include "output/class_output.h"
#include "output/output.h"
#include "output/report.h"
#include "run/workspace.h"

#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <talloc.h>

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

// What --collect did not find.
static void say_missing(const struct class *class, const struct plan *plan, size_t missing)
{
    enum { NAMED = 10 };
    size_t named = 0;
    printf("Not judged yet: %zu of %zu judgements, so without points:\n", missing, plan->count);
    for (size_t i = 0; i < plan->count && named < NAMED; i++)
        if (!plan->works[i].made) {
            printf("  %s, %s\n", plan->works[i].who, plan->works[i].kit->exercise->name);
            named++;
        }
    if (missing > named)
        printf("  and %zu more; %s/ungradable.txt names all\n", missing - named, class->out);
    printf("Start the parts that did not come to their end again, then collect again; or leave\n"
           "--collect out to judge them here.\n");
}

static void say_ungradable(const struct class *class, const struct plan *plan, size_t ungradable)
{
    size_t missing = plan_todo(plan);
    if (missing)
        say_missing(class, plan, missing);
    else if (ungradable)
        printf("Ungradable, so without points: %zu. %s/ungradable.txt says how to judge\n"
               "them again.\n",
               ungradable, class->out);
}

// Returns how many cells are ungradable. With `quiet` only what asks for attention is said.
static size_t say_result(const struct class *class, const struct plan *plan, bool quiet)
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
    say_ungradable(class, plan, ungradable);
    if (!class->sandboxed)
        printf("Judged WITHOUT a sandbox (--unsafe), as all results say.\n");
    return ungradable;
}

static void say_part(const struct plan *plan, size_t todo)
{
    const struct grading *grading = plan->grading;
    size_t mine = plan_mine(plan);
    printf("Part %d/%d: %zu of %zu judgements: %zu were there, %zu are new. --collect writes the "
           "gradebook.\n",
           grading->part, grading->parts, mine, plan->count, mine - todo, todo);
}

// ---- All of it ----

struct grade {
    const struct options *options;
    const char *folder; // of the submissions
    struct course *course;
    struct submissions *submissions;
    struct policy *policy;
    struct grading grading;
    struct class class;
};

// The submissions are the first name, exercises the others.
static bool read_all(struct grade *grade, void *context, struct problem *problem)
{
    const struct options *options = grade->options;
    if (!options->names[0] || !options->out)
        return problem_set(problem, "grade: name the folder of submissions and an output folder: "
                                    "racelings grade SUBMISSIONS --out DIR");
    if (options->collect && (options->parts || options->regrade))
        return problem_set(problem,
                           "grade: --collect judges nothing, so it goes with neither --part "
                           "nor --regrade");
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

static void fill_grading(struct grade *grade)
{
    const struct options *options = grade->options;
    struct grading *grading = &grade->grading;
    grading->course = grade->course;
    grading->submissions = grade->submissions;
    grading->out = options->out;
    grading->sandboxed = !options->unsafe;
    grading->regrade = options->regrade;
    grading->workers = options->workers;
    grading->part = options->part;
    grading->parts = options->parts;
    grading->quiet = options->quiet;
    grading->keep = json_kept;
    grading->seconds = options->seconds;
}

static struct plan *make_plan(struct grade *grade, void *context, struct problem *problem)
{
    struct class *class = &grade->class;
    char *name = talloc_strdup(context, grade->folder);
    class->submissions = grade->folder;
    class->title = basename(name);
    class->out = grade->options->out;
    class->arguments = repeated_arguments(context, grade->options);
    fill_grading(grade);
    return plan_make(context, &grade->grading, class, problem);
}

static int write_outputs(struct grade *grade, const struct plan *plan, struct problem *problem)
{
    struct class *class = &grade->class;
    plan_fill(plan, class);
    policy_apply(grade->policy, class);
    kept_sweep(class->out);
    if (!write_class(class, class->out, problem) || !write_report(class, class->out, problem))
        return tool_failure(problem);
    return say_result(class, plan, grade->options->quiet) > 0 ? EXIT_NOT_SO : EXIT_AS_HOPED;
}

// Reads and judges what the options ask for, and writes it down.
static int do_grade(struct grade *grade, void *context, struct problem *problem)
{
    const struct options *options = grade->options;
    bool judges = !options->collect;
    if (judges && (!ready_to_judge(options, problem) || !confine(grade, context, problem)))
        return tool_failure(problem);
    struct plan *plan = make_plan(grade, context, problem);
    size_t todo = plan ? plan_todo(plan) : 0;
    paint_nothing(); // stories go to files
    if (!plan || (judges && !grading_judge(plan, problem)))
        return tool_failure(problem);
    if (!options->parts)
        return write_outputs(grade, plan, problem);
    if (!options->quiet)
        say_part(plan, todo);
    return EXIT_AS_HOPED;
}

static int run(const struct options *options)
{
    void *context = talloc_new(options);
    struct problem problem = {""};
    struct grade grade = {.options = options};
    int status = EXIT_USAGE;
    if (!read_all(&grade, context, &problem) ||
        !grade_folder_open(options->out, options->parts > 0, &problem))
        status = usage_failure(&problem);
    else
        status = do_grade(&grade, context, &problem);
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
static const struct option_rule part = {
    .id = OPTION_PART,
    .name = "part",
    .argument = "K/N",
    .value = VALUE_TEXT,
    .help = "judge part K of N only and write no gradebook: for N machines that share DIR",
};
static const struct option_rule collect = {
    .id = OPTION_COLLECT,
    .name = "collect",
    .help = "judge nothing: write the gradebook of what the parts have judged, and say what is "
            "missing",
};
static const struct option_rule *const rules[] = {
    &out,         &policy,       &regrade,       &unsafe, &part, &collect, &option_timeout,
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
