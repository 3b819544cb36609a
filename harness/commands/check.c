// racelings check [NAME...]: judges exercises in one variant under one or all detectors.

#include "commands.h"
#include "common.h"
#include "foretell.h"

#include "base/terminal.h"
#include "base/text.h"
#include "course/kit.h"
#include "course/names.h"
#include "course/starts.h"
#include "desk/advance.h"
#include "desk/record.h"
#include "judge/promises.h"
#include "judge/subjects.h"
#include "output/explain.h"
#include "output/output.h"
#include "output/telling.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>

struct check {
    const struct options *options;
    const struct course *course;
    const struct exercise **exercises; // those asked for; NULL-terminated
    struct job *jobs;
    size_t count;
    const char **names; // of the exercises judged; NULL-terminated
    struct telling telling;
    size_t skipped, failed, ungradable;
};

static bool is_variant(const struct check *check, const char *variant)
{
    return strcmp(check->options->variant, variant) == 0 && !check->options->answer;
}

// Whether a person reads standard output, and wants more than what is wrong.
static bool is_told(const struct check *check)
{
    if (strcmp(check->options->format, "text") != 0)
        return false;
    return !check->options->json || strcmp(check->options->json, "-") != 0;
}

static bool is_talkative(const struct check *check)
{
    return is_told(check) && !check->options->quiet;
}

// ---- What is judged ----

// Whether every exercise was asked for by its own name: then each is told why it is skipped.
static bool are_named(const struct check *check)
{
    size_t count = 0;
    while (check->exercises[count])
        count++;
    return count <= list_count(check->options->names);
}

// Why there is nothing to judge, said and counted.
static void skip(struct check *check, const struct exercise *exercise, const char *why)
{
    check->skipped++;
    if (check->options->quiet || !are_named(check))
        return;
    char *line = talloc_asprintf(check->jobs, "%s is skipped: %s", exercise->name, why);
    fprintf(stderr, "%s\n", text_wrap(line, line, terminal_width(), 4));
}

// Whether the exercise has anything to judge in the variant asked for.
static bool is_ready(struct check *check, const struct exercise *exercise, bool *ready,
                     struct problem *problem)
{
    enum progress progress;
    *ready = true;
    if (check->options->answer)
        return true;
    if (!exercise_progress(check->course, exercise, &progress, problem))
        return false;
    const char *why = NULL;
    if (is_variant(check, "yours") && progress == PROGRESS_UNTOUCHED)
        why = talloc_asprintf(check->jobs, "not started (%s/%s is as it was handed out)",
                              exercise->folder, exercise->edit[0]);
    else if (is_variant(check, "broken") && progress == PROGRESS_EDITED)
        why = talloc_asprintf(check->jobs, "%s/%s was edited, so the starting program is gone",
                              exercise->folder, exercise->edit[0]);
    else if (is_variant(check, "fixed") && !exercise->solution)
        why = "there are no solutions here";
    if (why)
        skip(check, exercise, why);
    *ready = !why;
    return true;
}

static bool add_exercise(struct check *check, const struct exercise *exercise,
                         struct problem *problem)
{
    const struct options *options = check->options;
    bool ready = false;
    if (!is_ready(check, exercise, &ready, problem) || !ready)
        return !ready && !problem->text[0];
    struct subject *subject =
        options->answer
            ? subject_answer(check->course, check->course, exercise, options->answer, problem)
            : subject_variant(check->course, check->course, exercise, options->variant, problem);
    if (!subject)
        return false;
    subject->seconds = options->seconds;
    list_add(&check->names, exercise->name);
    for (size_t i = 0; options->detectors[i]; i++) {
        check->jobs = array_grow(NULL, check->jobs, sizeof *check->jobs, check->count);
        check->jobs[check->count++] = (struct job){
            .subject = subject, .detector = options->detectors[i], .context = talloc_new(NULL)};
    }
    return true;
}

// ---- What is told ----

// A starting program is as hoped when it shows what the exercise promises, and a solution when it
// is clean but where it promises otherwise; all else when nothing is said against it.
static const char *what_is_wrong(const struct check *check, const struct job *job)
{
    const struct judgement *judgement = &job->judgement;
    const struct exercise *exercise = job->subject->exercise;
    if (is_variant(check, "broken"))
        return promise_broken(job->context, exercise_promise(exercise, job->detector->name),
                              judgement);
    if (is_variant(check, "fixed"))
        return solution_broken(job->context, exercise->abstains, judgement);
    return verdict_is_against(judgement->verdict) || judgement->verdict == VERDICT_UNGRADABLE
               ? judgement->reason
               : NULL;
}

// One line is enough, except for the starting program of an exercise asked for by name: its story
// is what the lesson tells people to read.
static void tell_as_hoped(struct check *check, const struct job *job)
{
    if (is_variant(check, "broken") && check->options->names[0] &&
        verdict_is_against(job->judgement.verdict))
        tell_story(stdout, &check->telling, &job->judgement);
    else
        explain_line(stdout, list_widest(check->names), &job->judgement);
}

static void tell(struct job *job, void *data)
{
    struct check *check = data;
    const char *wrong = what_is_wrong(check, job);
    telling_hear(&check->telling, &job->judgement);
    bool ungradable = job->judgement.verdict == VERDICT_UNGRADABLE;
    if (ungradable)
        check->ungradable++;
    else if (wrong)
        check->failed++;
    if (!wrong && is_talkative(check))
        tell_as_hoped(check, job);
    if (wrong && is_told(check)) {
        tell_story(stdout, &check->telling, &job->judgement);
        if (strcmp(wrong, job->judgement.reason) != 0 && !ungradable)
            printf("  %s\n\n", text_wrap(job->context, wrong, terminal_width(), 2));
    }
    if (is_variant(check, "yours"))
        record_verdict(check->course, &job->judgement);
    fflush(stdout);
}

// The exercises that were skipped, where they were not told one by one.
static void tell_skipped(const struct check *check)
{
    const char *why = is_variant(check, "yours")    ? "not started"
                      : is_variant(check, "broken") ? "skipped: the starting program was edited"
                                                    : "skipped: there are no solutions here";
    if (check->skipped == 0 || are_named(check))
        return;
    printf("%s%zu exercise%s %s.\n", check->count ? "\n" : "", check->skipped,
           check->skipped > 1 ? "s" : "", why);
    if (check->count == 0 && is_variant(check, "yours"))
        printf("Begin with %s/README.md\n", check->exercises[0]->folder);
}

// The first job behind `first` and those for the same program.
static size_t end_of_program(const struct check *check, size_t first)
{
    size_t end = first;
    while (end < check->count && check->jobs[end].subject == check->jobs[first].subject)
        end++;
    return end;
}

// The exit status for what abstentions leave open. A judge asked alone may leave it to the others,
// and has skipped what it was asked for.
static int open_status(const struct check *check)
{
    bool open = false, missed = false, judged = false;
    if (is_variant(check, "fixed") || is_variant(check, "broken"))
        return EXIT_AS_HOPED;
    for (size_t i = 0, end; i < check->count; i = end) {
        end = end_of_program(check, i);
        struct panel panel = jobs_panel(&check->jobs[i], end - i);
        open |= panel.failed == 0 && panel_decide(&panel) == DECISION_OPEN;
        missed |= panel.missed != NULL;
        for (; i < end; i++)
            judged |= check->jobs[i].judgement.verdict != VERDICT_ABSTAINS;
    }
    if (check->count > 0 && !judged && !missed && !check->options->detectors[1])
        return EXIT_SKIPPED;
    return open ? EXIT_TOOL : EXIT_AS_HOPED;
}

static void tell_all_open(const struct check *check)
{
    for (size_t i = 0, end; is_told(check) && i < check->count; i = end) {
        end = end_of_program(check, i);
        tell_open(check->options, &check->jobs[i], end - i);
    }
}

// What to do now that all is clean.
static void tell_next(const struct check *check)
{
    const struct exercise *last = check->jobs[check->count - 1].subject->exercise;
    if (record_state(check->course, last) == STATE_DONE)
        advance_tell(stdout, check->course, last);
    else if (!check->options->detectors[1]) // one judge was asked
        printf("\nNow ask the other judges, too: racelings check %s\n", last->name);
}

// What grading would say besides, of those answers that nothing else is wrong with.
static void tell_grading(const struct check *check)
{
    bool theirs = check->options->answer || is_variant(check, "yours");
    for (size_t i = 0, end; theirs && is_told(check) && i < check->count; i = end) {
        bool wrong = false;
        end = end_of_program(check, i);
        for (size_t k = i; k < end; k++)
            wrong |= what_is_wrong(check, &check->jobs[k]) != NULL &&
                     verdict_is_against(check->jobs[k].judgement.verdict);
        if (!wrong)
            foretell_grading(&check->jobs[i], end - i, check->options->workers);
    }
}

static void tell_end(const struct check *check)
{
    int status = open_status(check);
    if (status == EXIT_TOOL)
        tell_all_open(check);
    if (!is_talkative(check))
        return;
    tell_skipped(check);
    if (is_variant(check, "yours") && check->count > 0 && !check->failed && !check->ungradable &&
        status == EXIT_AS_HOPED)
        tell_next(check);
}

// ---- All of it ----

// For an editor: what --format asks for, on standard output.
static void write_problems(const struct check *check)
{
    char *text = NULL;
    if (strcmp(check->options->format, "gcc") == 0)
        text = gcc_problems(check->course, check->jobs, check->count);
    if (strcmp(check->options->format, "sarif") == 0)
        text = sarif_problems(check->course, check->course->root, check->jobs, check->count);
    if (text)
        fputs(text, stdout);
}

static int judge_all(struct check *check, struct problem *problem)
{
    const struct options *options = check->options;
    if (options->commands) {
        print_commands(check->jobs, check->count);
        return EXIT_AS_HOPED;
    }
    if (check->count > 0 && !ready_to_judge(options, problem))
        return tool_failure(problem);
    batch_run(check->jobs, check->count, options->workers, tell, check);
    tell_grading(check);
    tell_end(check);
    write_problems(check);
    bool written = write_json(options, check->jobs, check->count, problem);
    if (!written)
        return usage_failure(problem);
    if (check->failed == 0 && course_misses(check->course, options->names))
        return EXIT_USAGE; // said when the course was read
    if (check->count == 0 && check->skipped > 0)
        return EXIT_SKIPPED;
    int status = exit_status(check->failed, check->ungradable);
    return status == EXIT_AS_HOPED ? open_status(check) : status;
}

static bool read_all(struct check *check, struct problem *problem)
{
    const struct options *options = check->options;
    if (is_variant(check, "yours") && !has_copy(options, problem))
        return false;
    check->course = open_course(options, options, problem);
    if (!check->course)
        return false;
    if (is_variant(check, "yours"))
        starts_keep(check->course);
    check->exercises = course_choose(options, check->course, options->names, problem);
    if (!check->exercises)
        return false;
    if (options->answer && (!options->names[0] || check->exercises[1]))
        return problem_set(problem, "--answer is for exactly one exercise: name it");
    for (size_t i = 0; check->exercises[i]; i++)
        if (!add_exercise(check, check->exercises[i], problem))
            return false;
    return true;
}

static int run(const struct options *options)
{
    struct problem problem = {""};
    struct check check = {.options = options,
                          .jobs = talloc_array(options, struct job, 0),
                          .names = list_new(options)};
    int status = read_all(&check, &problem) ? judge_all(&check, &problem) : usage_failure(&problem);
    jobs_free(check.jobs, check.count);
    return status;
}

static const char *const formats[] = {"text", "gcc", "sarif", NULL};

static const struct option_rule format = {
    .id = OPTION_FORMAT,
    .name = "format",
    .argument = "FORM",
    .value = VALUE_WORD,
    .words = formats,
    .help = "what to write: for people, or a list of problems for editors",
};
static const struct option_rule *const rules[] = {
    &option_detector, &option_variant, &option_answer,   &option_timeout, &format, &option_json,
    &option_jobs,     &option_quiet,   &option_commands, &option_course,  NULL,
};

const struct subcommand check_command = {
    .name = "check",
    .arguments = "[NAME...]",
    .summary = "judge exercises; by default all you changed",
    .help = "Judges what you made of the exercises and chapters named, or of all that you have "
            "changed. Every judge must find a program clean. It runs as you, with no sandbox.",
    .first = VALUE_EXERCISE,
    .rest = VALUE_EXERCISE,
    .options = rules,
    .run = run,
};
