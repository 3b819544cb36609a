// racelings replay NAME STRING: runs the one schedule that a finding of the explorer names, and
// tells what happens in it, step by step. NAME is an exercise, or the files of a program that was
// tried.

#include "commands.h"
#include "common.h"

#include "base/text.h"
#include "judge/story.h"
#include "output/explain.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>

static const char usage[] = "replay: which schedule of which program? Usage: racelings replay NAME "
                            "STRING, or racelings replay FILE.c... STRING [-- ARGUMENTS]";

// Whether the text is a schedule, "x1:1.5-2.9", perhaps in a scene, "last_piece/x1:1.5-2.9".
static bool is_schedule(const char *text)
{
    const char *slash = strrchr(text, '/'), *string = slash ? slash + 1 : text;
    return string[0] == 'x' && string[1 + strspn(string + 1, "0123456789")] == ':';
}

// Takes the last of the words, which are the options' own, if it is a schedule; NULL: it is none.
static const char *take_schedule(const char **words)
{
    size_t count = list_count(words);
    const char *last = count > 0 ? words[count - 1] : NULL;
    if (!last || !is_schedule(last))
        return NULL;
    words[count - 1] = NULL;
    return last;
}

// The program that the names stand for. The schedule is an option's value or the last word of all:
// of the names, or of the program's arguments behind them.
static struct subject *find_subject(const void *context, const struct options *options,
                                    struct problem *problem)
{
    const char *schedule = options->schedule;
    if (!schedule && options->arguments[0])
        schedule = take_schedule(options->arguments);
    if (!schedule)
        schedule = take_schedule(options->names);
    if (!schedule || !is_schedule(schedule) || !options->names[0]) {
        problem_set(problem, "%s", usage);
        return NULL;
    }
    struct subject *subject = open_subject(context, options, options->names, usage, problem);
    if (!subject)
        return NULL;
    subject->schedule = schedule;
    subject->input = subject->exercise ? NULL : keep_input(subject, problem);
    return subject;
}

// Whether the explorer could not read the schedule (runtime/explore/explore.c).
static bool is_no_schedule(const struct judgement *judgement)
{
    return judgement->verdict == VERDICT_UNGRADABLE &&
           strstr(judgement->reason, "this is no schedule");
}

// Whether the program has no such scene (likewise).
static bool is_no_scene(const struct judgement *judgement)
{
    return judgement->verdict == VERDICT_UNGRADABLE &&
           strstr(judgement->reason, "there is no scene of that name");
}

// Says what is wrong with the schedule that was given; false if nothing is.
static bool is_unusable(const struct judgement *judgement, struct problem *problem)
{
    const char *schedule = judgement->subject->schedule;
    if (is_no_schedule(judgement))
        problem_set(problem,
                    "%s is no schedule: give the whole of what stands behind \"See it again\", as "
                    "it is",
                    schedule);
    else if (is_no_scene(judgement))
        problem_set(problem, "no scene of this program is called \"%.*s\"",
                    (int)strcspn(schedule, "/"), schedule);
    else
        return false;
    return true;
}

// A schedule that was asked for is not the n-th of any.
static void forget_search(struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++)
        if (reading->findings[i].story)
            reading->findings[i].story->found_at = 0;
}

static int replay(const struct options *options, const struct subject *subject,
                  struct problem *problem)
{
    struct job job = {
        .subject = subject, .detector = &explore_detector, .context = talloc_new(NULL)};
    int status = EXIT_AS_HOPED;
    if (!ready_to_judge(options, problem)) {
        talloc_free(job.context);
        return tool_failure(problem);
    }
    judge(job.context, subject, job.detector, &job.judgement);
    forget_search(&job.judgement.reading);
    if (is_unusable(&job.judgement, problem)) {
        jobs_free(&job, 1);
        return usage_failure(problem);
    }
    if (!options->json || strcmp(options->json, "-") != 0)
        explain_story(stdout, &job.judgement);
    if (job.judgement.verdict == VERDICT_UNGRADABLE || job.judgement.verdict == VERDICT_ABSTAINS)
        status = EXIT_TOOL;
    else if (job.judgement.verdict != VERDICT_CLEAN)
        status = EXIT_NOT_SO;
    if (!write_json(options, &job, 1, problem))
        status = usage_failure(problem);
    jobs_free(&job, 1);
    return status;
}

static int run(const struct options *options)
{
    struct problem problem = {""};
    void *context = talloc_new(NULL);
    const struct subject *subject = find_subject(context, options, &problem);
    int status = subject ? replay(options, subject, &problem) : usage_failure(&problem);
    talloc_free(context);
    return status;
}

static const struct option_rule schedule = {
    .id = OPTION_SCHEDULE,
    .name = "schedule",
    .argument = "STRING",
    .value = VALUE_TEXT,
    .help = "the schedule, if it is not the last of the names",
};
static const struct option_rule *const rules[] = {
    &option_variant, &option_answer, &schedule, &option_timeout, &option_json, NULL,
};

const struct subcommand replay_command = {
    .name = "replay",
    .arguments = "NAME... STRING",
    .summary = "run one schedule again, step by step",
    .help =
        "Runs the one schedule, STRING, that \"check\" or \"try\" has named, and tells what each "
        "thread does in it. A NAME is an exercise, or the names are the files of a program of your "
        "own, with the compiler's options among them that \"try\" was given, and then behind \"--\" "
        "its arguments. When you have changed the program the same string may lead elsewhere.",
    .first = VALUE_EXERCISE,
    .rest = VALUE_FILE,
    .options = rules,
    .compiles = true,
    .run = run,
};
