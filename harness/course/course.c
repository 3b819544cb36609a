// Reads the folders of a course. Every sub-command starts here. Paths in messages
// are relative to the root.
//
//     course_load -> load_chapter -> load_exercise -> exercise_json.c, answers.c
#include "course.h"

#include "base/files.h"
#include "base/text.h"
#include "loader.h"

#include <errno.h>
#include <limits.h>
#include <sha256.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <talloc.h>

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

// ---- the course ----

// [1-9][0-9]?-[a-z0-9-]+
static bool is_chapter_name(const char *name)
{
    size_t digits = strspn(name, "0123456789");
    const char *rest = name + digits;
    return (digits == 1 || digits == 2) && name[0] != '0' && rest[0] == '-' && rest[1] &&
           !rest[1 + strspn(rest + 1, "abcdefghijklmnopqrstuvwxyz0123456789-")];
}

// [0-9][0-9]-[a-z][a-z0-9-]*
static bool is_exercise_name(const char *name)
{
    return strspn(name, "0123456789") == 2 && name[2] == '-' && name[3] >= 'a' && name[3] <= 'z' &&
           !name[3 + strspn(name + 3, "abcdefghijklmnopqrstuvwxyz0123456789-")];
}

static bool add_exercise(const struct loader *loader, struct exercise *exercise)
{
    struct course *course = loader->course;
    for (size_t i = 0; i < course->count; i++) {
        if (strcmp(course->exercises[i]->name, exercise->name) == 0)
            return problem_set(loader->problem,
                               "two exercises are called \"%s\": %s and %s; rename one of them",
                               exercise->name, course->exercises[i]->folder, exercise->folder);
    }
    struct exercise **longer =
        talloc_realloc(course, course->exercises, struct exercise *, (unsigned)course->count + 1);
    if (!longer)
        return out_of_memory(loader->problem);
    course->exercises = longer;
    course->exercises[course->count++] = exercise;
    return true;
}

// What the folders in exercises/ are, or those in a chapter.
struct level {
    bool (*well_named)(const char *name);
    const char *form; // a name of that form, for a message
    bool (*load)(const struct loader *loader, const char *folder, const char *name);
};

// Whether `path` is a folder to go into. Plain files are not; any folder that is not well named is
// an error.
static bool is_wanted(const struct loader *loader, const struct level *level, const char *path,
                      bool *wanted)
{
    enum entry entry;
    if (!entry_look(loader->course->root, path, &entry, loader->problem))
        return false;
    *wanted = entry == ENTRY_FOLDER;
    if (entry == ENTRY_MISSING || entry == ENTRY_OTHER)
        return problem_set(loader->problem, "%s: is neither a file nor a folder; remove it", path);
    if (*wanted && !level->well_named(base_name(path)))
        return problem_set(loader->problem,
                           "%s: a folder here must have a name like %s; rename it or move it away",
                           path, level->form);
    return true;
}

// By number: chapter 10 comes after chapter 9, not after chapter 1.
static int compare_numbers(const void *one, const void *other)
{
    const char *const *names[] = {one, other};
    long first = strtol(*names[0], NULL, 10), second = strtol(*names[1], NULL, 10);
    if (first != second)
        return first < second ? -1 : 1;
    return strcmp(*names[0], *names[1]);
}

// Notes a folder that cannot be read, for what the loader's problem says. False if that is not to be.
static bool do_without(const struct loader *loader, const char *path)
{
    struct course *course = loader->course;
    if (loader->part != COURSE_AS_FAR_AS_IT_GOES)
        return false;
    struct unread *longer =
        talloc_realloc(course, course->unread, struct unread, (unsigned)course->unread_count + 1);
    if (!longer)
        return out_of_memory(loader->problem);
    course->unread = longer;
    struct unread *unread = &longer[course->unread_count++];
    *unread =
        (struct unread){talloc_strdup(course, path), talloc_strdup(course, loader->problem->text)};
    return (unread->path && unread->why) || out_of_memory(loader->problem);
}

// Loads every folder in `folder`, in the order of their numbers.
static bool load_level(const struct loader *loader, const char *folder, const struct level *level)
{
    char **names = folder_list(loader->scratch, loader->course->root, folder, loader->problem);
    if (!names)
        return false;
    qsort(names, list_count((const char *const *)names), sizeof *names, compare_numbers);
    for (size_t i = 0; names[i]; i++) {
        const char *path = path_join(loader->scratch, folder, names[i]);
        bool wanted;
        if (!path)
            return out_of_memory(loader->problem);
        bool loaded = is_wanted(loader, level, path, &wanted) &&
                      (!wanted || level->load(loader, folder, names[i]));
        if (!loaded && !do_without(loader, path))
            return false;
    }
    return true;
}

// Takes the scenes out of the sources: they are no part of the program that main.c makes.
static void set_scenes_apart(struct exercise *exercise)
{
    size_t kept = 0;
    for (size_t i = 0; exercise->sources[i]; i++) {
        if (strcmp(exercise->sources[i], "scenes.c") == 0)
            exercise->scenes = exercise->sources[i];
        else
            exercise->sources[kept++] = exercise->sources[i];
    }
    exercise->sources[kept] = NULL;
}

static bool load_exercise(const struct loader *loader, const char *chapter, const char *name)
{
    struct exercise *exercise = talloc_zero(loader->course, struct exercise);
    if (!exercise)
        return out_of_memory(loader->problem);
    exercise->name = talloc_strdup(exercise, name + strlen("01-"));
    exercise->chapter = talloc_strdup(exercise, base_name(chapter));
    exercise->number = talloc_strndup(exercise, name, 2);
    exercise->folder = path_join(exercise, chapter, name);
    if (!exercise->name || !exercise->chapter || !exercise->number || !exercise->folder)
        return out_of_memory(loader->problem);
    exercise->sources = list_c_files(loader, exercise, exercise->folder);
    if (!exercise->sources)
        return false;
    set_scenes_apart(exercise);
    return read_exercise_json(loader, exercise) && load_solution(loader, exercise) &&
           (loader->part != COURSE_WITH_ANSWERS || load_answers(loader, exercise)) &&
           add_exercise(loader, exercise);
}

static bool load_chapter(const struct loader *loader, const char *folder, const char *name)
{
    static const struct level exercises = {is_exercise_name, "01-counter", load_exercise};
    const char *chapter = path_join(loader->scratch, folder, name);
    if (!chapter)
        return out_of_memory(loader->problem);
    return load_level(loader, chapter, &exercises);
}

static bool load_all(const struct loader *loader)
{
    static const struct level chapters = {is_chapter_name, "1-lost-updates", load_chapter};
    enum entry entry;
    if (!entry_look(loader->course->root, "exercises", &entry, loader->problem))
        return false;
    if (entry == ENTRY_MISSING)
        return problem_set(loader->problem,
                           "%s: there is no course here, for it has no folder \"exercises\"; go "
                           "to the folder of the course",
                           loader->course->root);
    if (!load_level(loader, "exercises", &chapters) || !load_tracks(loader))
        return false;
    if (loader->course->unread_count > 0)
        return loader->course->count > 0; // else the problem is that of the last one
    return loader->course->count > 0 ||
           problem_set(loader->problem, "exercises: holds no exercise; one lies in a folder like "
                                        "exercises/1-lost-updates/01-counter");
}

struct course *course_load(const void *context, const char *root, const char *const *detectors,
                           enum course_part part, struct problem *problem)
{
    struct course *course = talloc_zero(context, struct course);
    char *absolute = realpath(root, NULL);
    if (!course || !absolute) {
        problem_set(problem, "%s: there is no course here: %s", root, strerror(errno));
        free(absolute);
        talloc_free(course);
        return NULL;
    }
    course->root = talloc_strdup(course, absolute);
    free(absolute);
    struct loader loader = {course, talloc_new(course), detectors, part, problem};
    bool loaded = course->root && loader.scratch ? load_all(&loader) : out_of_memory(problem);
    talloc_free(loader.scratch);
    if (loaded) {
        problem_set(problem, "%s", "");
        return course;
    }
    talloc_free(course);
    return NULL;
}

bool course_load_answers(struct course *course, const struct exercise *const *exercises,
                         const char *const *detectors, struct problem *problem)
{
    struct loader loader = {course, talloc_new(course), detectors, COURSE_WITH_ANSWERS, problem};
    bool loaded = loader.scratch || out_of_memory(problem);
    for (; loaded && *exercises; exercises++)
        for (size_t i = 0; loaded && i < course->count; i++)
            if (course->exercises[i] == *exercises)
                loaded = load_answers(&loader, course->exercises[i]);
    talloc_free(loader.scratch);
    return loaded;
}

// ---- questions about a loaded course ----

const char *exercise_hash(const void *context, const struct course *course,
                          const struct exercise *exercise, struct problem *problem)
{
    SHA256_CTX hash;
    char *digest = talloc_zero_size(context, SHA256_DIGEST_STRING_LENGTH);
    SHA256_Init(&hash);
    for (size_t i = 0; exercise->edit[i]; i++) {
        size_t size;
        const char *path = path_join(digest, exercise->folder, exercise->edit[i]);
        char *bytes = file_read(digest, course->root, path, COURSE_FILE_LIMIT, &size, problem);
        if (!bytes) {
            talloc_free(digest);
            return NULL;
        }
        SHA256_Update(&hash, (const uint8_t *)bytes, size);
    }
    SHA256_End(&hash, digest);
    return digest;
}

// A file in the exercise's folder that may be the one called `edit` under another name, like
// "Counter.c" or "counter (1).c"; NULL: there is none. A talloc child of `context`.
static const char *renamed(const void *context, const struct course *course,
                           const struct exercise *exercise, const char *edit)
{
    size_t stem = strcspn(edit, ".");
    char **names = folder_list(context, course->root, exercise->folder, NULL);
    for (size_t i = 0; names && names[i]; i++) {
        const char *dot = strrchr(names[i], '.');
        bool kept = dot && strcmp(dot, ".mine") == 0; // what a reset has kept
        bool header = dot && strcasecmp(dot, ".h") == 0;
        if (strncasecmp(names[i], edit, stem) == 0 && !kept && !header)
            return names[i];
    }
    return NULL;
}

// What to do where a file to edit is not there any more. Else `problem` stays as it is.
static bool tell_gone(const struct course *course, const struct exercise *exercise,
                      struct problem *problem)
{
    for (size_t i = 0; exercise->edit[i]; i++) {
        enum entry entry;
        struct problem ignored;
        char *path = path_join(NULL, exercise->folder, exercise->edit[i]);
        bool gone = entry_look(course->root, path, &entry, &ignored) && entry == ENTRY_MISSING;
        const char *other = gone ? renamed(path, course, exercise, exercise->edit[i]) : NULL;
        if (other)
            problem_set(problem,
                        "%s/%s is gone, but there is \"%s\": give it its name back, or let "
                        "\"racelings reset %s\" put the starting program there",
                        exercise->folder, exercise->edit[i], other, exercise->name);
        talloc_free(path);
        if (other)
            return false;
        if (gone)
            return problem_set(
                problem, "%s/%s is gone: \"racelings reset %s\" puts the starting program back",
                exercise->folder, exercise->edit[i], exercise->name);
    }
    return false;
}

bool exercise_progress(const struct course *course, const struct exercise *exercise,
                       enum progress *progress, struct problem *problem)
{
    const char *hash = exercise_hash(NULL, course, exercise, problem);
    if (!hash)
        return tell_gone(course, exercise, problem);
    *progress = strcmp(hash, exercise->start) == 0 ? PROGRESS_UNTOUCHED : PROGRESS_EDITED;
    talloc_free((void *)hash);
    return true;
}

const struct promise *exercise_promise(const struct exercise *exercise, const char *detector)
{
    for (size_t i = 0; i < exercise->detector_count; i++) {
        if (strcmp(exercise->promises[i].detector, detector) == 0)
            return &exercise->promises[i];
    }
    return NULL;
}

bool exercise_does_without(const struct exercise *exercise, const char *detector)
{
    const struct promise *promise = exercise_promise(exercise, detector);
    return promise && promise->abstains;
}

bool exercise_relies_on(const struct exercise *exercise, const char *detector)
{
    size_t reporting = 0;
    for (size_t i = 0; i < exercise->detector_count; i++)
        reporting += exercise->promises[i].report != NULL;
    const struct promise *promise = exercise_promise(exercise, detector);
    return promise && promise->report && reporting == 1;
}

long exercise_rounds(const struct exercise *exercise, const char *detector)
{
    for (size_t i = 0; i < exercise->detector_count; i++) {
        if (strcmp(exercise->rounds[i].detector, detector) == 0)
            return exercise->rounds[i].count;
    }
    return 0;
}
