// racelings try FILE... [-- ARGS]: judges any C program.

#include "commands.h"
#include "common.h"

#include "judge/panel.h"
#include "judge/subjects.h"
#include "output/explain.h"
#include "output/telling.h"

#include <stdio.h>
#include <string.h>
#include <talloc.h>

struct attempt {
    const struct options *options;
    struct telling telling;
    struct panel panel;
};

static void tell(struct job *job, void *data)
{
    struct attempt *attempt = data;
    enum verdict verdict = job->judgement.verdict;
    const char *json = attempt->options->json;
    panel_add(&attempt->panel, job->detector, verdict);
    if (json && strcmp(json, "-") == 0)
        return;
    if (verdict_is_against(verdict) || verdict == VERDICT_UNGRADABLE)
        tell_story(stdout, &attempt->telling, &job->judgement);
    else if (!attempt->options->quiet)
        explain_line(stdout, &job->judgement);
    fflush(stdout);
}

static int status_of(const struct panel *panel)
{
    switch (panel_decide(panel)) {
    case DECISION_CLEAN: return EXIT_AS_HOPED;
    case DECISION_AT_FAULT: return EXIT_NOT_SO;
    default: return EXIT_TOOL;
    }
}

static int judge_jobs(const struct options *options, struct job *jobs, size_t count,
                      struct problem *problem)
{
    struct attempt attempt = {.options = options};
    if (options->commands) {
        print_commands(jobs, count);
        return EXIT_AS_HOPED;
    }
    if (!ready_to_judge(options, problem))
        return tool_failure(problem);
    batch_run(jobs, count, options->workers, tell, &attempt);
    if (!write_json(options, jobs, count, problem))
        return usage_failure(problem);
    return status_of(&attempt.panel);
}

// One job for each detector asked for.
static int judge_program(const struct options *options, const struct subject *subject,
                         struct problem *problem)
{
    struct job jobs[8];
    size_t count = 0;
    for (; options->detectors[count]; count++)
        jobs[count] = (struct job){
            .subject = subject, .detector = options->detectors[count], .context = talloc_new(NULL)};
    int status = judge_jobs(options, jobs, count, problem);
    jobs_free(jobs, count);
    return status;
}

static int run(const struct options *options)
{
    struct problem problem = {""};
    struct subject *subject = NULL;
    if (!options->names[0])
        problem_set(&problem, "try: which program? Usage: racelings try FILE.c... [-- ARGUMENTS]");
    else
        subject = subject_program(options, options->names, options->arguments, &problem);
    if (!subject)
        return usage_failure(&problem);
    subject->seconds = options->seconds;
    return judge_program(options, subject, &problem);
}

static const struct option_rule *const rules[] = {
    &option_detector, &option_timeout,  &option_json, &option_jobs,
    &option_quiet,    &option_commands, NULL,
};

const struct subcommand try_command = {
    .name = "try",
    .arguments = "FILE... [-- ARG...]",
    .summary = "judge any C program of your own",
    .help =
        "Compiles the files to one program, runs it with the ARGs behind \"--\", and judges it as "
        "if it were an exercise: it is right if nothing is reported and it exits with status 0. "
        "The program runs as you, with no sandbox.",
    .first = VALUE_FILE,
    .rest = VALUE_FILE,
    .options = rules,
    .run = run,
};
