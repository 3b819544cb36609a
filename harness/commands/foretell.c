#include "foretell.h"

#include "base/crew.h"
#include "base/files.h"
#include "base/terminal.h"
#include "base/text.h"
#include "course/kit.h"
#include "course/starts.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <talloc.h>

enum { FILE_LIMIT = 4 << 20 };

static void tell_refusal(const void *context, const struct refusal *refusal, bool tampering)
{
    char *place = refusal->line > 0
                      ? talloc_asprintf(context, "%s:%d", refusal->file, refusal->line)
                      : talloc_strdup(context, refusal->file);
    char *text = talloc_asprintf(context, "%s: %s", place, refusal->reason);
    char *what =
        talloc_asprintf(context, "Handed in like this it %s, whatever the judges say here:",
                        tampering ? "would be refused" : "would not be run, and score nothing");
    printf("\n%s\n  %s\n", text_wrap(context, what, terminal_width(), 0),
           text_wrap(context, text, terminal_width(), 2));
}

// Where the course's files are as they were handed out: kept in a copy of it, or in what racelings
// was installed with. NULL: nowhere but in the place of those that may have been changed.
static const char *originals(const void *context, const char *root, const char *folder)
{
    enum entry entry;
    const char *kept = path_join(context, root, STARTS_FOLDER);
    if (entry_look(kept, folder, &entry, NULL) && entry == ENTRY_FOLDER)
        return kept;
    return strcmp(root, kit_folder()) != 0 ? kit_folder() : NULL;
}

static bool is_changed(const void *context, const char *root, const char *given, const char *path)
{
    struct problem ignored;
    size_t size, given_size;
    const char *bytes = file_read(context, root, path, FILE_LIMIT, &size, &ignored);
    const char *original = file_read(context, given, path, FILE_LIMIT, &given_size, &ignored);
    return bytes && original && (size != given_size || memcmp(bytes, original, size) != 0);
}

// Drivers and headers that are not as they were handed out, as far as the originals are here.
static void tell_changed(const void *context, const struct subject *subject)
{
    const struct exercise *exercise = subject->exercise;
    const char *root = subject->sources.root;
    const char *given = originals(context, root, exercise->folder);
    char **names = given ? folder_list(context, root, exercise->folder, NULL) : NULL;
    for (size_t i = 0; names && names[i]; i++) {
        const char *path = path_join(context, exercise->folder, names[i]);
        if (file_is_code(names[i]) && !list_has(exercise->edit, names[i]) &&
            is_changed(context, root, given, path))
            printf("\n%s is not as handed out; grading uses the original.\n", names[i]);
    }
}

// What the jobs compiled, by judge; NULL for those that were not asked.
static struct build **builds_of(const void *context, const struct job *jobs, size_t count)
{
    struct build **builds = judge_no_builds(context);
    for (size_t i = 0; detectors[i]; i++)
        for (size_t k = 0; k < count; k++)
            if (jobs[k].detector == detectors[i])
                builds[i] = jobs[k].build;
    return builds;
}

// What is to be inspected, made ready by several at a time: the compiler's starts are most of what
// an inspection takes.
struct preparation {
    const struct subject *subject;
    struct build **builds; // as for tamper_inspect
    size_t count;
    atomic_size_t next; // the first build nobody has taken
};

static void *prepare_some(void *argument)
{
    struct preparation *preparation = argument;
    const struct subject *subject = preparation->subject;
    size_t mine;
    while ((mine = atomic_fetch_add(&preparation->next, 1)) < preparation->count) {
        struct build **build = &preparation->builds[mine];
        struct problem ignored; // the inspection meets it again
        if (!*build)
            *build = judge_compile(NULL, subject, detectors[mine], true);
        else
            (*build)->inspected = judge_inspect_build(subject, *build, &ignored);
    }
    return NULL;
}

// Those that are compiled here become talloc children of `context`, which no other thread may touch
// before.
static void prepare(const void *context, const struct subject *subject, struct build **builds,
                    int workers)
{
    struct preparation preparation = {subject, builds, list_count(detector_names), 0};
    crew_run(workers, preparation.count, prepare_some, &preparation);
    for (size_t i = 0; i < preparation.count; i++)
        if (!talloc_parent(builds[i]))
            talloc_steal(context, builds[i]);
}

enum inspection foretell_inspection(const void *context, const struct job *jobs, size_t count,
                                    int workers, struct refusal *refusal, struct problem *problem)
{
    struct build **builds = builds_of(context, jobs, count);
    prepare(context, jobs[0].subject, builds, workers);
    return tamper_inspect(builds, jobs[0].subject, builds, refusal, problem);
}

void foretell_grading(const struct job *jobs, size_t count, int workers)
{
    void *context = talloc_new(NULL);
    struct problem problem;
    struct refusal refusal;
    enum inspection inspection =
        foretell_inspection(context, jobs, count, workers, &refusal, &problem);
    if (inspection == INSPECTION_NOT_ALLOWED || inspection == INSPECTION_REFUSED)
        tell_refusal(context, &refusal, inspection == INSPECTION_REFUSED);
    tell_changed(context, jobs[0].subject);
    talloc_free(context);
}
