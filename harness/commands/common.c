#define _GNU_SOURCE
#include "common.h"

#include "base/files.h"
#include "base/terminal.h"
#include "base/text.h"
#include "course/kit.h"
#include "course/locate.h"
#include "course/names.h"
#include "judge/subjects.h"
#include "output/explain.h"
#include "output/output.h"
#include "run/workspace.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>
#include <unistd.h>

enum { INDENT = 4 }; // columns before the second line of what is said

// Our own failures are all said here. A line that begins anew does so here, too: it may be a
// command. Whatever else steers a terminal comes from a file's name.
static void tell_problem(const struct problem *problem)
{
    char *escaped = text_escape(NULL, problem->text, "\n");
    char *line = talloc_asprintf(NULL, "racelings: %s", escaped), *rest = line;
    for (char *text; (text = strsep(&rest, "\n"));)
        fprintf(stderr, "%*s%s\n", text == line ? 0 : INDENT, "",
                text_wrap(line, text, terminal_width(), INDENT));
    talloc_free(line);
    talloc_free(escaped);
}

// But for what `names` ask for: that is an error, which is told elsewhere.
static void tell_unread(const struct course *course, const char *const *names)
{
    for (size_t i = 0; i < course->unread_count; i++) {
        struct problem warning;
        if (course_names_unread(&course->unread[i], names))
            continue;
        problem_set(&warning, "left out: %s", course->unread[i].why);
        tell_problem(&warning);
    }
}

static const struct course *open_as_far_as_it_goes(const void *context, const char *root,
                                                   const char *const *names,
                                                   struct problem *problem)
{
    const struct course *course =
        course_load(context, root, detector_names, COURSE_AS_FAR_AS_IT_GOES, problem);
    if (course)
        tell_unread(course, names);
    return course;
}

const struct course *open_course(const void *context, const struct options *options,
                                 struct problem *problem)
{
    return open_as_far_as_it_goes(context, options->root, options->names, problem);
}

const struct course *open_whole_course(const void *context, const struct options *options,
                                       struct problem *problem)
{
    return course_load(context, options->root, detector_names, COURSE_WITHOUT_ANSWERS, problem);
}

static struct subject *find_exercise(const void *context, const struct options *options,
                                     const char *const *names, const char *usage,
                                     struct problem *problem)
{
    const char *root = course_locate(context, problem);
    const struct course *course =
        root ? open_as_far_as_it_goes(context, root, names, problem) : NULL;
    const struct exercise *exercise = course ? course_find(course, names[0], problem) : NULL;
    if (exercise && names[1]) {
        problem_set(problem, "%s", usage);
        return NULL;
    }
    if (!exercise)
        return NULL;
    return options->answer ? subject_answer(context, course, exercise, options->answer, problem)
                           : subject_variant(context, course, exercise, options->variant, problem);
}

struct subject *open_program(const void *context, const struct options *options,
                             const char *const *files, const char *const *arguments,
                             struct problem *problem)
{
    struct subject *subject = subject_program(context, files, arguments, problem);
    if (!subject)
        return NULL;
    subject->seconds = options->seconds;
    subject->sources.flags = options->flags;
    subject->sources.libraries = options->libraries;
    return subject;
}

struct subject *open_subject(const void *context, const struct options *options,
                             const char *const *names, const char *usage, struct problem *problem)
{
    if (!names[0]) {
        problem_set(problem, "%s", usage);
        return NULL;
    }
    if (file_is_source(names[0]))
        return open_program(context, options, names, options->arguments, problem);
    if (options->flags[0] || options->libraries[0]) {
        problem_set(problem,
                    "%s: the compiler's options are for programs of your own; an exercise "
                    "is compiled as it is",
                    options->command);
        return NULL;
    }
    struct subject *subject = find_exercise(context, options, names, usage, problem);
    if (subject)
        subject->seconds = options->seconds;
    return subject;
}

const char *keep_input(const void *context, struct problem *problem)
{
    enum { MOST = 64 << 20, PATIENCE_MS = 300 };
    struct stat status;
    struct pollfd source = {.fd = STDIN_FILENO, .events = POLLIN};
    if (fstat(STDIN_FILENO, &status) != 0 ||
        !(S_ISREG(status.st_mode) ||
          (S_ISFIFO(status.st_mode) && poll(&source, 1, PATIENCE_MS) > 0)))
        return NULL;
    const char *folder = workspace_new(context, problem);
    char *bytes = folder ? talloc_size(context, MOST) : NULL;
    size_t size = bytes ? fread(bytes, 1, MOST, stdin) : 0;
    bool kept = size > 0 && file_write(folder, "input", bytes, size, problem);
    talloc_free(bytes);
    return kept ? path_join(context, folder, "input") : NULL;
}

bool has_copy(const struct options *options, struct problem *problem)
{
    return !kit_is_installed() || strcmp(options->root, kit_folder()) != 0 ||
           problem_set(problem, "there is no copy of the course here or above: make one with "
                                "\"racelings init DIR\", and judge in there");
}

const struct exercise *the_exercise(const struct options *options, const struct course *course,
                                    struct problem *problem)
{
    if (options->names[0] && !options->names[1])
        return course_find(course, options->names[0], problem);
    problem_set(problem, "%s: for which exercise? \"racelings list\" shows them all",
                options->command);
    return NULL;
}

int usage_failure(const struct problem *problem)
{
    tell_problem(problem);
    return EXIT_USAGE;
}

int tool_failure(const struct problem *problem)
{
    tell_problem(problem);
    return EXIT_TOOL;
}

static bool is_there(const char *tool, struct problem *problem)
{
    return access(tool, X_OK) == 0 ||
           problem_set(problem,
                       "%s cannot be started: %s. \"sh cmake/bootstrap.sh install\" brings "
                       "it back",
                       tool, strerror(errno));
}

bool ready_to_judge(const struct options *options, struct problem *problem)
{
    static const char block[1 << 16];
    if (!kit_check(problem))
        return false;
    for (size_t i = 0; options->detectors[i]; i++)
        for (size_t k = 0; options->detectors[i]->tools[k]; k++)
            if (!is_there(options->detectors[i]->tools[k], problem))
                return false;
    const char *folder = workspace_new(NULL, problem);
    bool ready = folder && file_write(folder, "space-left", block, sizeof block, problem);
    if (folder && !ready) {
        struct problem why = *problem;
        problem_set(problem,
                    "cannot write temporary files in %.500s: %.500s; make room, or point "
                    "TMPDIR to another folder",
                    folder, why.text);
    }
    talloc_free((void *)folder);
    return ready;
}

bool write_json(const struct options *options, const struct job *jobs, size_t count,
                struct problem *problem)
{
    if (!options->json)
        return true;
    char *text = json_judgements(NULL, jobs, count);
    bool written = true;
    if (strcmp(options->json, "-") == 0)
        written = fputs(text, stdout) >= 0 && fflush(stdout) == 0;
    else
        written = file_write_named(options->json, text, strlen(text), problem);
    talloc_free(text);
    return written;
}

void print_commands(const struct job *jobs, size_t count)
{
    const char *parent = getenv("TMPDIR");
    for (size_t i = 0; i < count; i++) {
        void *scratch = talloc_new(NULL);
        char *folder = talloc_asprintf(scratch, "%s/racelings-by-hand/%s-%s",
                                       parent && parent[0] ? parent : "/tmp", jobs[i].subject->name,
                                       jobs[i].detector->name);
        printf("%s\n", judge_commands(scratch, jobs[i].subject, jobs[i].detector, folder));
        talloc_free(scratch);
    }
}

int exit_status(size_t failed, size_t ungradable)
{
    if (failed > 0)
        return EXIT_NOT_SO;
    return ungradable > 0 ? EXIT_TOOL : EXIT_AS_HOPED;
}

struct panel jobs_panel(const struct job *jobs, size_t count)
{
    struct panel panel = {0};
    for (size_t i = 0; i < count; i++)
        panel_hear(&panel, &jobs[i].judgement);
    return panel;
}

void tell_open(const struct options *options, const struct job *jobs, size_t count)
{
    struct panel panel = jobs_panel(jobs, count);
    char *open = panel_tell_open(NULL, &panel, jobs[0].subject->name);
    for (size_t i = 0; open && options->quiet && i < count; i++)
        if (jobs[i].judgement.verdict == VERDICT_ABSTAINS)
            explain_line(stdout, 0, &jobs[i].judgement);
    if (open)
        printf("\n%s\n", text_wrap(open, open, terminal_width(), 0));
    talloc_free(open);
}

void jobs_free(struct job *jobs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        talloc_free(jobs[i].context);
}
