// What the sub-commands share: saying what is wrong, opening the course, writing down results.
#pragma once

#include "judge/batch.h"
#include "judge/panel.h"
#include "options.h"

// Reads the course asked for, without its answers; as course_load. What cannot be read of it is told
// and left out.
const struct course *open_course(const void *context, const struct options *options,
                                 struct problem *problem);

// The same, where all of it must be there.
const struct course *open_whole_course(const void *context, const struct options *options,
                                       struct problem *problem);

// The one program that `names` stand for: an exercise as --variant or --answer say, or files. NULL
// with `problem` filled, with `usage` where there are no names or too many.
struct subject *open_subject(const void *context, const struct options *options,
                             const char *const *names, const char *usage, struct problem *problem);

// A program of one's own, with the compiler's options and the time that were asked for; NULL with
// `problem` filled.
struct subject *open_program(const void *context, const struct options *options,
                             const char *const *files, const char *const *arguments,
                             struct problem *problem);

// What stands in standard input, if something has been put there, as a file for each run to read;
// NULL: nothing. A terminal is left alone: nobody would know which run asks.
const char *keep_input(const void *context, struct problem *problem);

// Whether the course is one to work on. That of an installed program is nobody's to edit: `problem`
// then says what to do.
bool has_copy(const struct options *options, struct problem *problem);

// The one exercise that is named. NULL with `problem` filled if there is none, or more than a name.
const struct exercise *the_exercise(const struct options *options, const struct course *course,
                                    struct problem *problem);

// Says "racelings: <problem>" on standard error and gives the exit status for wrong usage.
int usage_failure(const struct problem *problem);

// Whether judging can start at all: the tools of the detectors asked for are there, and temporary
// files can be written. Says in one message, for all judgements to come, what is in the way.
bool ready_to_judge(const struct options *options, struct problem *problem);

// Says "racelings: <problem>" on standard error and gives the exit status for a failed tool.
int tool_failure(const struct problem *problem);

// Writes all judgements as --json asks for, if it does. Returns false with `problem` filled if the
// file cannot be written.
bool write_json(const struct options *options, const struct job *jobs, size_t count,
                struct problem *problem);

// Prints the shell commands of every job, for --commands.
void print_commands(const struct job *jobs, size_t count);

// The exit status for judgements of which `failed` are not as hoped and `ungradable` say nothing.
int exit_status(size_t failed, size_t ungradable);

// What the judgements of one program come to.
struct panel jobs_panel(const struct job *jobs, size_t count);

// Says what abstentions leave open of the program that the jobs judged, if they do; with --quiet
// also the reasons, which nobody has told then.
void tell_open(const struct options *options, const struct job *jobs, size_t count);

// Frees the jobs' judgements.
void jobs_free(struct job *jobs, size_t count);
