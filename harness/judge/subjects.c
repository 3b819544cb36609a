#define _GNU_SOURCE
#include "subjects.h"

#include "base/files.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

enum { SOURCE_LIMIT = 4 << 20 };

// Whether `file` can be read and is C as far as its name and its bytes tell.
static bool is_c_source(const char *file, struct problem *problem)
{
    if (!file_is_source(file))
        return problem_set(problem, "\"%s\" is not a C source: its name must end in .c", file);
    char *text = file_read(NULL, NULL, file, SOURCE_LIMIT, NULL, problem);
    talloc_free(text);
    return text != NULL;
}

static char *absolute_path(const void *context, const char *file)
{
    char *path = realpath(file, NULL);
    char *copy = talloc_strdup(context, path ? path : file);
    free(path);
    return copy;
}

// Whether all that a student changes is .c files: else a driver may include what is a student's,
// and is compiled along with it.
static bool edits_no_header(const struct exercise *exercise)
{
    for (size_t i = 0; exercise->edit[i]; i++)
        if (!file_is_source(exercise->edit[i]))
            return false;
    return true;
}

struct sources subject_sources(const void *context, const struct exercise *exercise,
                               const char *root, const char *edit_folder, const char *edit_file)
{
    const char **files = list_new(context), **course = list_new(context);
    bool apart = edits_no_header(exercise);
    for (size_t i = 0; exercise->sources[i]; i++) {
        const char *name = exercise->sources[i];
        if (!list_has(exercise->edit, name))
            list_add(apart ? &course : &files, path_join(context, exercise->folder, name));
        else
            list_add(&files, edit_file ? edit_file : path_join(context, edit_folder, name));
    }
    const char *scenes =
        exercise->scenes ? path_join(context, exercise->folder, exercise->scenes) : NULL;
    return (struct sources){.root = root,
                            .include = exercise->folder,
                            .files = files,
                            .course = course,
                            .scenes = scenes};
}

// The exercise with the student's files from elsewhere.
static struct subject *exercise_subject(const void *context, const struct course *course,
                                        const struct exercise *exercise, const char *variant,
                                        const char *edit_folder, const char *edit_file)
{
    struct subject *subject = talloc_zero(context, struct subject);
    subject->name = exercise->name;
    subject->variant = variant;
    subject->exercise = exercise;
    subject->hangs = talloc_zero(subject, atomic_bool);
    subject->sources = subject_sources(subject, exercise, course->root, edit_folder, edit_file);
    return subject;
}

struct subject *subject_variant(const void *context, const struct course *course,
                                const struct exercise *exercise, const char *variant,
                                struct problem *problem)
{
    bool fixed = strcmp(variant, "fixed") == 0;
    if (fixed && !exercise->solution) {
        problem_set(problem, "%s: there is no solution here to judge", exercise->name);
        return NULL;
    }
    return exercise_subject(context, course, exercise, variant,
                            fixed ? exercise->solution : exercise->folder, NULL);
}

struct subject *subject_answer(const void *context, const struct course *course,
                               const struct exercise *exercise, const char *file,
                               struct problem *problem)
{
    if (list_count(exercise->edit) != 1) {
        problem_set(problem, "%s has %zu files to edit (%s): --answer replaces only a single one",
                    exercise->name, list_count(exercise->edit),
                    list_join(context, exercise->edit, ", "));
        return NULL;
    }
    if (!is_c_source(file, problem))
        return NULL;
    char *path = absolute_path(context, file);
    size_t root = strlen(course->root);
    if (strncmp(path, course->root, root) == 0 && path[root] == '/')
        path += root + 1;
    return exercise_subject(context, course, exercise, path, NULL, path);
}

struct subject *subject_program(const void *context, const char *const *files,
                                const char *const *arguments, struct problem *problem)
{
    char here[4096];
    if (!getcwd(here, sizeof here)) {
        problem_set(problem, "the current folder cannot be told: %s", strerror(errno));
        return NULL;
    }
    for (size_t i = 0; files[i]; i++)
        if (!is_c_source(files[i], problem))
            return NULL;
    struct subject *subject = talloc_zero(context, struct subject);
    subject->name = talloc_strdup(subject, basename(files[0]));
    subject->variant = "try";
    subject->arguments = arguments;
    subject->hangs = talloc_zero(subject, atomic_bool);
    subject->sources = (struct sources){.root = talloc_strdup(subject, here), .files = files};
    return subject;
}
