// racelings verify [NAME...]: proves the whole claim. Every starting program is reported as
// promised, every reference solution is clean, every other right answer is accepted, every tempting
// wrong one is rejected, and nothing is missing. Where all judges are asked, grading's inspection
// is too: it refuses nothing of the starting programs and right answers.

#include "commands.h"
#include "common.h"
#include "foretell.h"

#include "base/terminal.h"
#include "base/text.h"
#include "course/inventory.h"
#include "course/names.h"
#include "judge/promises.h"
#include "judge/subjects.h"
#include "output/explain.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>

enum claim { CLAIM_BROKEN, CLAIM_FIXED, CLAIM_ALSO_RIGHT, CLAIM_STILL_WRONG, CLAIM_COUNT };

// What is claimed of one judgement; parallel to the jobs.
struct aim {
    enum claim claim;
    size_t exercise;             // index into verification.exercises
    const struct answer *answer; // for the last two claims
    int time;                    // 1, 2 ... of --times
    bool holds;                  // once it was told about
};

// How many claims about one exercise hold, of how many.
struct tally {
    size_t held[CLAIM_COUNT], made[CLAIM_COUNT];
    const char **said; // by detector: what it said of the starting program
};

struct verification {
    void *context;
    const struct options *options;
    struct course *course;
    const struct exercise **exercises;
    struct tally *tallies; // an exercise each
    struct job *jobs;
    struct aim *aims; // a job each
    size_t count;
    size_t answers[CLAIM_COUNT]; // to be judged, for the last two claims
    const char **faults;         // what does not hold, a sentence each
    size_t ungradable;
    bool inspects; // as grading does
};

static void add_fault(struct verification *all, const char *where, const char *what)
{
    list_add(&all->faults, talloc_asprintf(all->context, "%s: %s", where, what));
}

// Whether what is compiled is looked at, as if it were handed in.
static bool is_inspected(const struct verification *all, const struct aim *aim)
{
    return all->inspects && aim->claim != CLAIM_STILL_WRONG;
}

static void add_job(struct verification *all, const struct subject *subject,
                    const struct detector *detector, struct aim aim)
{
    all->jobs = array_grow(NULL, all->jobs, sizeof *all->jobs, all->count);
    all->aims = array_grow(NULL, all->aims, sizeof *all->aims, all->count);
    all->jobs[all->count] = (struct job){.subject = subject,
                                         .detector = detector,
                                         .inspected = is_inspected(all, &aim),
                                         .together = true,
                                         .context = talloc_new(NULL)};
    all->aims[all->count++] = aim;
}

// Whether the claim is proved before this detector. A wrong answer is shown only to those that must
// reject it, a right one not to those that the exercise does without.
static bool is_asked(const struct subject *subject, const struct aim *aim, const char *detector)
{
    if (aim->claim == CLAIM_STILL_WRONG)
        return list_has(aim->answer->caught_by, detector);
    return !aim->answer || !exercise_does_without(subject->exercise, detector);
}

// One job for every detector that is asked.
static bool add_subject(struct verification *all, struct subject *subject, struct aim aim)
{
    if (!subject)
        return false;
    subject->seconds = all->options->seconds;
    for (size_t i = 0; all->options->detectors[i]; i++)
        if (is_asked(subject, &aim, all->options->detectors[i]->name))
            for (aim.time = 1; aim.time <= all->options->times; aim.time++)
                add_job(all, subject, all->options->detectors[i], aim);
    return true;
}

static bool add_answers(struct verification *all, size_t index, const struct answer *answers,
                        size_t count, enum claim claim, struct problem *problem)
{
    const struct exercise *exercise = all->exercises[index];
    for (size_t i = 0; i < count; i++) {
        char *file = talloc_asprintf(all->context, "%s/%s", all->course->root, answers[i].path);
        struct aim aim = {claim, index, &answers[i], .holds = false};
        if (!add_subject(all, subject_answer(all->context, all->course, exercise, file, problem),
                         aim))
            return false;
        all->answers[claim]++;
    }
    return true;
}

static bool add_variant(struct verification *all, size_t index, const char *variant,
                        enum claim claim, struct problem *problem)
{
    struct aim aim = {claim, index, NULL, .holds = false};
    return add_subject(
        all, subject_variant(all->context, all->course, all->exercises[index], variant, problem),
        aim);
}

static bool add_exercise(struct verification *all, size_t index, struct problem *problem)
{
    const struct exercise *exercise = all->exercises[index];
    enum progress progress;
    if (!exercise_progress(all->course, exercise, &progress, problem))
        return false;
    inventory(all->course, exercise, &all->faults);
    if (all->options->inventory)
        return true;
    if (progress == PROGRESS_EDITED)
        add_fault(
            all, exercise->folder,
            "its files are not those of \"start\" in exercise.json: the "
            "starting program was edited (or \"start\" was not renewed), so it is not judged");
    else if (!add_variant(all, index, "broken", CLAIM_BROKEN, problem))
        return false;
    if (!exercise->solution)
        return true; // the inventory says so
    return add_variant(all, index, "fixed", CLAIM_FIXED, problem) &&
           add_answers(all, index, exercise->also_right, exercise->also_right_count,
                       CLAIM_ALSO_RIGHT, problem) &&
           add_answers(all, index, exercise->still_wrong, exercise->still_wrong_count,
                       CLAIM_STILL_WRONG, problem);
}

// Course code compiles without a warning.
static const char *warning(const struct job *job)
{
    const char *messages = job->judgement.messages;
    if (!messages[0])
        return NULL;
    return talloc_asprintf(job->context, "compiles with a warning: %.*s",
                           (int)strcspn(messages, "\n"), messages);
}

// Why the claim does not hold, or NULL.
static const char *broken_claim(const struct job *job, const struct aim *aim)
{
    const struct judgement *judgement = &job->judgement;
    if (judgement->verdict == VERDICT_UNGRADABLE)
        return talloc_asprintf(job->context, "ungradable: %s", judgement->reason);
    if (aim->claim == CLAIM_BROKEN)
        return promise_broken(
            job->context, exercise_promise(job->subject->exercise, job->detector->name), judgement);
    if (aim->claim == CLAIM_STILL_WRONG && judgement->verdict == VERDICT_DOES_NOT_BUILD)
        return talloc_asprintf(job->context, "a wrong answer must build to be tempting: %s",
                               judgement->reason);
    if (aim->claim == CLAIM_STILL_WRONG)
        return verdict_is_against(judgement->verdict)
                   ? NULL
                   : talloc_asprintf(job->context,
                                     "a wrong answer is accepted: its verdict is \"%s\"",
                                     verdict_name(judgement->verdict));
    const char *broken = solution_broken(
        job->context, aim->answer ? aim->answer->abstains : job->subject->exercise->abstains,
        judgement);
    return broken ? broken : warning(job);
}

// What the summary's table says of a starting program under one detector.
static const char *said(const struct verification *all, const struct job *job)
{
    const struct judgement *judgement = &job->judgement;
    if (judgement->verdict != VERDICT_REPORTED)
        return verdict_name(judgement->verdict);
    for (size_t i = 0; i < judgement->reading.count; i++)
        if (kind_counts(judgement->reading.findings[i].kind))
            return talloc_strdup(all->context, kind_name(judgement->reading.findings[i].kind));
    return verdict_name(judgement->verdict);
}

// Under which judge, and which time it was where each is judged several times.
static const char *moment_of(const struct verification *all, const struct job *job)
{
    int times = all->options->times, time = all->aims[job - all->jobs].time;
    const char *name = job->detector->name;
    return times == 1 ? name : talloc_asprintf(all->context, "%s, %d of %d", name, time, times);
}

// Where something is wrong: an answer's file, or the exercise and the variant of it.
static const char *place_of(const struct verification *all, const struct job *job)
{
    const struct answer *answer = all->aims[job - all->jobs].answer;
    return talloc_asprintf(all->context, "%s, %s",
                           answer ? answer->path : job->subject->exercise->folder,
                           answer ? "answer" : job->subject->variant);
}

// Grading would run what was judged in these jobs.
static void inspect(struct verification *all, const struct job *jobs, size_t count)
{
    struct problem problem;
    struct refusal refusal;
    const char *why = NULL;
    void *context = talloc_new(NULL);
    enum inspection inspection = foretell_inspection(context, jobs, count, 1, &refusal, &problem);
    if (inspection == INSPECTION_FAILED)
        why = talloc_asprintf(all->context, "ungradable: %s", problem.text);
    else if (inspection == INSPECTION_NOT_ALLOWED || inspection == INSPECTION_REFUSED)
        why = talloc_asprintf(all->context, "grading refuses it: %s:%d: %s", refusal.file,
                              refusal.line, refusal.reason);
    all->ungradable += inspection == INSPECTION_FAILED;
    if (why)
        add_fault(all, place_of(all, jobs), why);
    talloc_free(context);
}

// All judges were told about. What holds is let go: a course has thousands of judgements.
static void end_subject(struct verification *all, struct job *last)
{
    struct job *first = last;
    while (first > all->jobs && first[-1].subject == last->subject)
        first--;
    if (is_inspected(all, &all->aims[last - all->jobs]))
        inspect(all, first, (size_t)(last + 1 - first));
    for (struct job *job = first; job <= last && !all->options->json; job++)
        if (all->aims[job - all->jobs].holds)
            TALLOC_FREE(job->context);
}

static void tell(struct job *job, void *data)
{
    struct verification *all = data;
    struct aim *aim = &all->aims[job - all->jobs];
    struct tally *tally = &all->tallies[aim->exercise];
    const char *broken = broken_claim(job, aim);
    tally->made[aim->claim]++;
    if (aim->claim == CLAIM_BROKEN)
        for (size_t i = 0; all->options->detectors[i]; i++)
            if (all->options->detectors[i] == job->detector)
                tally->said[i] = said(all, job);
    aim->holds = !broken;
    tally->held[aim->claim] += aim->holds;
    if (broken) {
        all->ungradable += job->judgement.verdict == VERDICT_UNGRADABLE;
        add_fault(all,
                  talloc_asprintf(all->context, "%s, %s", place_of(all, job), moment_of(all, job)),
                  broken);
        if (!all->options->quiet && job->judgement.verdict != VERDICT_CLEAN)
            explain_story(stdout, &job->judgement);
        fflush(stdout);
    }
    if (job + 1 == all->jobs + all->count || job[1].subject != job->subject)
        end_subject(all, job);
}

// A row's last cell: of what is claimed about solutions and other answers, how much holds.
static void print_share(const struct tally *tally)
{
    size_t held = 0, made = 0;
    for (enum claim claim = CLAIM_FIXED; claim < CLAIM_COUNT; claim++) {
        held += tally->held[claim];
        made += tally->made[claim];
    }
    printf(" %s%zu/%zu%s\n", held == made ? "" : paint(PAINT_BAD), held, made, paint(PAINT_OFF));
}

// exercise by detector: what was said of the starting program; then how many of the judgements of
// solutions and other answers are as they must be. 80 columns wide.
static void print_table(const struct verification *all)
{
    const char **names = list_new(all->context);
    list_add(&names, "exercise");
    for (size_t e = 0; all->exercises[e]; e++)
        list_add(&names, all->exercises[e]->name);
    int width = list_widest(names);
    printf("%s%-*s", paint(PAINT_STRONG), width, "exercise");
    for (size_t i = 0; all->options->detectors[i]; i++)
        printf(" %-12.12s", all->options->detectors[i]->name);
    printf(" kept%s\n", paint(PAINT_OFF));
    for (size_t e = 0; all->exercises[e]; e++) {
        const struct tally *tally = &all->tallies[e];
        printf("%-*s", width, all->exercises[e]->name);
        for (size_t i = 0; all->options->detectors[i]; i++)
            printf(" %-12.12s", tally->said[i] ? tally->said[i] : "-");
        print_share(tally);
    }
}

static void print_faults(const struct verification *all)
{
    printf("\n%sDoes not hold:%s\n", paint(PAINT_BAD), paint(PAINT_OFF));
    for (size_t i = 0; all->faults[i]; i++)
        printf("- %s\n", text_wrap(all->context, all->faults[i], terminal_width(), 2));
}

static void print_all_holds(const struct verification *all)
{
    size_t made[CLAIM_COUNT] = {0};
    for (size_t e = 0; all->exercises[e]; e++) {
        made[CLAIM_BROKEN] += all->tallies[e].made[CLAIM_BROKEN] > 0;
        made[CLAIM_FIXED] += all->tallies[e].made[CLAIM_FIXED] > 0;
    }
    printf("\nAll holds. Starting programs reported as promised: %zu; solutions clean: %zu;\n"
           "other right answers accepted: %zu; tempting wrong ones rejected: %zu.\n",
           made[CLAIM_BROKEN], made[CLAIM_FIXED], all->answers[CLAIM_ALSO_RIGHT],
           all->answers[CLAIM_STILL_WRONG]);
}

// The claim about one answer alone, for --answer.
static bool add_one_answer(struct verification *all, struct problem *problem)
{
    const struct exercise *exercise = all->exercises[0];
    const char *file = all->options->answer;
    for (size_t i = 0; exercise && i < exercise->also_right_count; i++)
        if (strcmp(exercise->also_right[i].path, file) == 0)
            return add_answers(all, 0, &exercise->also_right[i], 1, CLAIM_ALSO_RIGHT, problem);
    for (size_t i = 0; exercise && i < exercise->still_wrong_count; i++)
        if (strcmp(exercise->still_wrong[i].path, file) == 0)
            return add_answers(all, 0, &exercise->still_wrong[i], 1, CLAIM_STILL_WRONG, problem);
    return problem_set(problem,
                       "--answer: %s has no answer %s; give the path below the course's folder",
                       exercise ? exercise->name : "the course", file);
}

static bool add_all(struct verification *all, struct problem *problem)
{
    size_t count = list_count((const char *const *)all->exercises);
    all->tallies = talloc_zero_array(all->context, struct tally, (unsigned)count);
    for (size_t i = 0; i < count; i++)
        all->tallies[i].said = talloc_zero_array(all->context, const char *, 16);
    if (all->options->answer)
        return add_one_answer(all, problem);
    for (size_t i = 0; i < count; i++)
        if (!add_exercise(all, i, problem))
            return false;
    return true;
}

static int judge_all(struct verification *all, struct problem *problem)
{
    bool to_person = !all->options->json || strcmp(all->options->json, "-") != 0;
    if (all->count > 0 && !ready_to_judge(all->options, problem))
        return tool_failure(problem);
    batch_run(all->jobs, all->count, all->options->workers, tell, all);
    size_t faults = list_count(all->faults);
    if (to_person && !all->options->quiet && !all->options->answer && !all->options->inventory)
        print_table(all);
    if (to_person && faults > 0)
        print_faults(all);
    else if (to_person && all->options->inventory)
        printf("Nothing is missing and nothing is stray.\n");
    else if (to_person && !all->options->quiet)
        print_all_holds(all);
    if (!write_json(all->options, all->jobs, all->count, problem))
        return usage_failure(problem);
    return exit_status(faults - all->ungradable, all->ungradable);
}

static int run(const struct options *options)
{
    struct problem problem = {""};
    struct verification all = {.context = talloc_new(options),
                               .options = options,
                               .jobs = talloc_array(options, struct job, 0),
                               .aims = talloc_array(options, struct aim, 0)};
    all.faults = list_new(all.context);
    all.inspects =
        list_count((const char *const *)options->detectors) == list_count(detector_names);
    all.course =
        course_load(all.context, options->root, detector_names, COURSE_ANSWERS_LATER, &problem);
    all.exercises =
        all.course ? course_choose(all.context, all.course, options->names, &problem) : NULL;
    bool loaded =
        all.exercises && course_load_answers(all.course, all.exercises, detector_names, &problem);
    int status =
        loaded && add_all(&all, &problem) ? judge_all(&all, &problem) : usage_failure(&problem);
    jobs_free(all.jobs, all.count);
    return status;
}

static const struct option_rule inventory_only = {
    .id = OPTION_INVENTORY,
    .name = "inventory",
    .help = "only look for what is missing or stray",
};
static const struct option_rule answer = {
    .id = OPTION_ANSWER,
    .letter = 'a',
    .name = "answer",
    .argument = "PATH",
    .value = VALUE_FILE,
    .help = "only this answer, a path below the course's folder",
};
static const struct option_rule times = {
    .id = OPTION_TIMES,
    .name = "times",
    .argument = "N",
    .value = VALUE_TEXT,
    .help = "judge each N times: what a judge sees only now and then does not hold",
};
static const struct option_rule *const rules[] = {
    &inventory_only, &answer,      &times,        &option_detector, &option_timeout,
    &option_json,    &option_jobs, &option_quiet, &option_course,   NULL,
};

const struct subcommand verify_command = {
    .name = "verify",
    .arguments = "[NAME...]",
    .summary = "prove the whole course",
    .help = "Proves what the course claims of the exercises and chapters named, or of all: every "
            "starting program is reported as promised, every reference solution is clean, every "
            "other right answer is accepted, every tempting wrong one is rejected, and nothing is "
            "missing. Grading's inspection refuses none of those that are to be accepted.",
    .first = VALUE_EXERCISE,
    .rest = VALUE_EXERCISE,
    .options = rules,
    .run = run,
};
