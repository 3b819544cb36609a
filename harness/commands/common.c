#include "common.h"

#include "../files.h"
#include "../output/output.h"
#include "../text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

int usage_failure(const struct problem *problem)
{
    fprintf(stderr, "racelings: %s\n", problem->text);
    return EXIT_USAGE;
}

const struct exercise **exercises_named(const void *context, const struct course *course,
                                        const char *const *names, struct problem *problem)
{
    size_t count = names[0] ? list_count(names) : course->count;
    const struct exercise **exercises =
        talloc_zero_array(context, const struct exercise *, (unsigned)count + 1);
    for (size_t i = 0; i < count; i++) {
        exercises[i] = names[0] ? course_find(course, names[i], problem) : course->exercises[i];
        if (!exercises[i])
            return NULL;
    }
    return exercises;
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
        written = file_write(NULL, options->json, text, strlen(text), problem);
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

void jobs_free(struct job *jobs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        talloc_free(jobs[i].context);
}
