// racelings grade SUBMISSIONS --out DIR [NAME...]: judges a class and writes its gradebook.

#define _GNU_SOURCE
#include "commands.h"
#include "common.h"
#include "grade_folder.h"
#include "grade_memory.h"
#include "grade_plan.h"
#include "grade_watch.h"

#include "base/files.h"
#include "base/interrupt.h"
#include "base/moment.h"
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
#include <unistd.h>

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

static void say_list(const void *context, const char *begin, const char *const *names)
{
    if (names[0])
        printf("%s\n",
               text_wrap(context,
                         talloc_asprintf(context, "%s%s.", begin, list_join(context, names, ", ")),
                         TEXT_WIDTH, 0));
}

// What lay in the folder without being a student's, and who claims what is another's.
static void say_entries(const void *context, const struct submissions *submissions, bool quiet)
{
    if (!quiet)
        say_list(context, "Passed over, as nobody's submission: ", submissions->passed);
    if (!quiet)
        say_list(context, "Folders of several students, looked into: ", submissions->groups);
    say_list(context,
             "ONE STUDENT OR SEVERAL? Called like a folder of several students, but taken for one "
             "student's, as there are answers right in it: ",
             submissions->doubtful);
    say_list(context,
             "IDS TWICE: other entries claim what is somebody's id already, and got a number "
             "behind it; look who they are: ",
             submissions->doubled);
}

// ---- All of it ----

struct grade {
    const struct options *options;
    const char *folder; // of the submissions
    struct course *course;
    struct grading grading;
    struct grade_memory *memory; // --watch: what was written of each student
};

// What is read anew in each round of --watch; a talloc context.
struct round {
    struct policy *policy;
    struct class class;
    struct plan *plan;
};

static bool fits(const struct options *options, struct problem *problem)
{
    int ways = (options->parts > 0) + options->collect + options->plan + options->watch;
    if (ways > 1)
        return problem_set(
            problem, "grade: --part, --collect, --plan and --watch do not go together: take one");
    if (options->regrade && (options->collect || options->watch))
        return problem_set(problem, "grade: --regrade goes with neither --collect, which judges "
                                    "nothing, nor --watch");
    if (!options->names[0] || (!options->out && !options->plan))
        return problem_set(problem, "grade: name the folder of submissions and an output folder: "
                                    "racelings grade SUBMISSIONS --out DIR");
    return true;
}

// The submissions are the first name, exercises the others.
static bool read_course(struct grade *grade, void *context, struct problem *problem)
{
    const struct options *options = grade->options;
    if (!fits(options, problem))
        return false;
    grade->folder = options->names[0];
    grade->course =
        course_load(context, options->root, detector_names, COURSE_WITHOUT_ANSWERS, problem);
    if (!grade->course)
        return false;
    grade->grading.exercises = course_choose(context, grade->course, options->names + 1, problem);
    return grade->grading.exercises != NULL;
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

// The policy and the submissions as they are now. A talloc child of `context`; NULL with `problem`
// filled.
static struct round *read_round(struct grade *grade, const void *context, struct problem *problem)
{
    const struct options *options = grade->options;
    struct round *round = talloc_zero(context, struct round);
    char *name = talloc_strdup(round, grade->folder);
    round->class.submissions = grade->folder;
    round->class.title = basename(name);
    round->class.out = options->out;
    round->class.arguments = repeated_arguments(round, options);
    round->policy = policy_read(round, grade->course, options->policy, problem);
    grade->grading.submissions =
        round->policy ? submissions_read(round, grade->course, grade->folder, problem) : NULL;
    if (grade->grading.submissions)
        return round;
    talloc_free(round);
    return NULL;
}

static bool write_outputs(struct grade *grade, struct round *round, struct problem *problem)
{
    struct class *class = &round->class;
    plan_fill(round->plan, class);
    policy_apply(round->policy, class);
    kept_sweep(class->out);
    if (grade->memory)
        grade_memory_spare(grade->memory, class);
    bool written =
        write_class(class, class->out, problem) && write_report(class, class->out, problem);
    if (grade->memory && written)
        grade_memory_note(grade->memory, class);
    return written;
}

// Makes the plan and does with it what the options ask for. Gives the exit status.
static int do_round(struct grade *grade, struct round *round, double started,
                    struct problem *problem)
{
    const struct options *options = grade->options;
    round->plan = plan_make(round, &grade->grading, &round->class, problem);
    size_t todo = round->plan ? plan_todo(round->plan) : 0;
    if (round->plan && options->plan) {
        grade_plan_say(round->plan, &round->class, moment_now() - started);
        return EXIT_AS_HOPED;
    }
    if (!round->plan || (!options->collect && !grading_judge(round->plan, problem)))
        return tool_failure(problem);
    if (options->parts && !options->quiet)
        say_part(round->plan, todo);
    if (options->parts)
        return EXIT_AS_HOPED;
    if (!write_outputs(grade, round, problem))
        return tool_failure(problem);
    size_t open = say_result(&round->class, round->plan, options->quiet);
    say_entries(round, grade->grading.submissions, options->quiet);
    return open > 0 ? EXIT_NOT_SO : EXIT_AS_HOPED;
}

// A round of --watch. What is wrong now (the policy is being written, the disk is full) may be
// right at the next.
static bool judge_again(void *argument)
{
    struct grade *grade = argument;
    struct problem problem = {""};
    struct round *round = read_round(grade, NULL, &problem);
    int status = round ? do_round(grade, round, moment_now(), &problem) : usage_failure(&problem);
    talloc_free(round);
    fflush(stdout);
    return status == EXIT_AS_HOPED || status == EXIT_NOT_SO;
}

// An empty folder may fill while it is watched; one that is not there was mistyped.
static bool can_watch(const struct grade *grade, struct problem *problem)
{
    enum entry entry = ENTRY_MISSING;
    if (!grade->options->watch)
        return true;
    if (!entry_look(NULL, grade->folder, &entry, problem))
        return false;
    return entry == ENTRY_FOLDER ||
           problem_set(problem, "%s: there is no such folder to watch", grade->folder);
}

// Begins with all that does not change while it runs.
static int do_grade(struct grade *grade, void *context, struct problem *problem)
{
    const struct options *options = grade->options;
    double started = moment_now();
    // One that is there may lie among the submissions, of which its mark tells it.
    bool there = !options->plan && access(options->out, F_OK) == 0;
    if (there && !grade_folder_open(options->out, options->parts > 0, problem))
        return usage_failure(problem);
    struct round *round = options->watch ? NULL : read_round(grade, context, problem);
    if ((!options->watch && !round) || !can_watch(grade, problem))
        return usage_failure(problem);
    if (!options->plan && !there && !grade_folder_open(options->out, options->parts > 0, problem))
        return usage_failure(problem);
    if (!options->collect &&
        (!ready_to_judge(options, problem) || !confine(grade, context, problem)))
        return tool_failure(problem);
    fill_grading(grade);
    interrupt_say(
        "\nStopped. What has been judged is kept: the same command goes on from there.\n");
    paint_nothing(); // stories go to files
    if (round)
        return do_round(grade, round, started, problem);
    grade->memory = grade_memory_new(context);
    grade_watch(grade->folder, judge_again, grade);
}

static int run(const struct options *options)
{
    void *context = talloc_new(options);
    struct problem problem = {""};
    struct grade grade = {.options = options};
    int status = read_course(&grade, context, &problem) ? do_grade(&grade, context, &problem)
                                                        : usage_failure(&problem);
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
    .help =
        "judge again: a student (ID), an exercise (NAME), both (ID/NAME), or \"ungradable\": where "
        "a tool failed",
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
    .help = "judge part K of N only: for N machines that share DIR",
};
static const struct option_rule collect = {
    .id = OPTION_COLLECT,
    .name = "collect",
    .help = "judge nothing: write the gradebook of what there is",
};
static const struct option_rule plan = {
    .id = OPTION_PLAN,
    .name = "plan",
    .help = "say how long it will take, on one machine and on many",
};
static const struct option_rule watch = {
    .id = OPTION_WATCH,
    .name = "watch",
    .help = "go on for ever, and judge what is new as it comes",
};
static const struct option_rule *const rules[] = {
    &out,   &policy,         &regrade,     &unsafe,       &part,          &collect, &plan,
    &watch, &option_timeout, &option_jobs, &option_quiet, &option_course, NULL,
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
