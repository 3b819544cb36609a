// racelings try FILE... [-- ARGS]: judges any C program.

#include "commands.h"
#include "common.h"

#include "base/files.h"
#include "judge/subjects.h"
#include "output/explain.h"
#include "output/telling.h"
#include "run/workspace.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

struct attempt {
    const struct options *options;
    bool warned; // what the compiler had to say was told
    struct telling telling;
};

// Whether a person reads standard output.
static bool is_told(const struct options *options)
{
    return !options->json || strcmp(options->json, "-") != 0;
}

// What the compiler says of a program that it has compiled, once: it may say that what runs is not
// what was meant.
static void tell_warnings(struct attempt *attempt, const struct judgement *judgement)
{
    if (attempt->warned || !judgement->messages[0] || attempt->options->quiet ||
        judgement->verdict == VERDICT_DOES_NOT_BUILD)
        return;
    attempt->warned = true;
    explain_warnings(stdout, judgement);
}

static void tell(struct job *job, void *data)
{
    struct attempt *attempt = data;
    telling_hear(&attempt->telling, &job->judgement);
    company_doubt_deadlock(job->context, &attempt->telling.company, &job->judgement);
    enum verdict verdict = job->judgement.verdict;
    if (!is_told(attempt->options))
        return;
    if (verdict_is_against(verdict) || verdict == VERDICT_UNGRADABLE)
        tell_story(stdout, &attempt->telling, &job->judgement);
    else if (!attempt->options->quiet)
        explain_line(stdout, 0, &job->judgement);
    tell_warnings(attempt, &job->judgement);
    fflush(stdout);
}

static int status_of(const struct job *jobs, size_t count)
{
    struct panel panel = jobs_panel(jobs, count);
    switch (panel_decide(&panel)) {
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
    if (is_told(options))
        tell_open(options, jobs, count);
    if (!write_json(options, jobs, count, problem))
        return usage_failure(problem);
    return status_of(jobs, count);
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
        subject = open_program(options, options, options->names, options->arguments, &problem);
    if (!subject)
        return usage_failure(&problem);
    subject->input = keep_input(subject, &problem);
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
        "if it were an exercise: it is right if nothing is reported and it exits with status 0. The "
        "compiler's options (-D, -I, -l and the like) may stand among the files; what stands in "
        "standard input is given to every run. "
        "The program runs as you, with no sandbox.",
    .first = VALUE_FILE,
    .rest = VALUE_FILE,
    .options = rules,
    .compiles = true,
    .run = run,
};
