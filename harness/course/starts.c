// See starts.h.
#include "starts.h"

#include "base/files.h"
#include "base/text.h"
#include "kit.h"
#include "loader.h"

#include <string.h>
#include <talloc.h>

enum { KEPT_MOST = 10000 };

#define KEPT_FOLDER ".racelings/start"

// Whether the exercise's files below `root` are those that were handed out.
static bool is_start(const char *root, const struct exercise *exercise)
{
    const struct course there = {.root = root};
    const char *hash = exercise_hash(NULL, &there, exercise, NULL);
    bool same = hash && strcmp(hash, exercise->start) == 0;
    talloc_free((void *)hash);
    return same;
}

static void keep_file(const struct course *course, const char *path)
{
    void *scratch = talloc_new(NULL);
    const char *place = path_join(scratch, KEPT_FOLDER, path), *slash = strrchr(place, '/');
    size_t size;
    const char *bytes = file_read(scratch, course->root, path, COURSE_FILE_LIMIT, &size, NULL);
    if (bytes &&
        folder_make(course->root, talloc_strndup(scratch, place, (size_t)(slash - place)), NULL))
        file_write(course->root, place, bytes, size, NULL);
    talloc_free(scratch);
}

void starts_keep(const struct course *course)
{
    char *kept = path_join(NULL, course->root, KEPT_FOLDER);
    for (size_t i = 0; i < course->count; i++) {
        const struct exercise *exercise = course->exercises[i];
        if (is_start(kept, exercise) || !is_start(course->root, exercise))
            continue;
        for (size_t k = 0; exercise->edit[k]; k++) {
            char *path = path_join(kept, exercise->folder, exercise->edit[k]);
            keep_file(course, path);
        }
    }
    talloc_free(kept);
}

// The folder below which the exercise's files are as they were handed out, in the same places as
// below the course's root; a talloc child of `context`. NULL with `problem` filled if there is
// none.
static const char *find_start(const void *context, const struct course *course,
                              const struct exercise *exercise, struct problem *problem)
{
    const char *const folders[] = {path_join(context, course->root, STARTS_FOLDER),
                                   path_join(context, course->root, KEPT_FOLDER),
                                   talloc_strdup(context, kit_folder())};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        if (is_start(folders[i], exercise))
            return folders[i];
    problem_set(
        problem,
        "the starting program of %s is not kept here: a fresh copy of the course has it, in "
        "%s/%s",
        exercise->name, exercise->folder, exercise->edit[0]);
    return NULL;
}

// Copies the student's file to a name beside it that is free, and gives that name.
static const char *keep_aside(const void *context, const struct course *course, const char *path,
                              struct problem *problem)
{
    size_t size;
    char *bytes = file_read(context, course->root, path, COURSE_FILE_LIMIT, &size, problem);
    for (int number = 1; bytes && number < KEPT_MOST; number++) {
        char *name = talloc_asprintf(context, "%s.%d.mine", path, number);
        enum entry entry;
        if (!entry_look(course->root, name, &entry, problem))
            return NULL;
        if (entry == ENTRY_MISSING)
            return file_put(course->root, name, bytes, size, problem) ? name : NULL;
    }
    if (bytes)
        problem_set(problem, "%s: too many earlier versions are kept beside it", path);
    return NULL;
}

static bool restore_file(const struct course *course, const char *start, const char *path,
                         const char ***kept, struct problem *problem)
{
    size_t size;
    enum entry entry;
    char *bytes = file_read(*kept, start, path, COURSE_FILE_LIMIT, &size, problem);
    if (!bytes || !entry_look(course->root, path, &entry, problem))
        return false;
    if (entry != ENTRY_MISSING) {
        const char *name = keep_aside(*kept, course, path, problem);
        if (!name)
            return false;
        list_add(kept, name);
    }
    return file_write(course->root, path, bytes, size, problem);
}

bool starts_restore(const struct course *course, const struct exercise *exercise,
                    const char ***kept, struct problem *problem)
{
    const char *start = find_start(*kept, course, exercise, problem);
    for (size_t i = 0; start && exercise->edit[i]; i++)
        if (!restore_file(course, start, path_join(*kept, exercise->folder, exercise->edit[i]),
                          kept, problem))
            return false;
    return start != NULL;
}
