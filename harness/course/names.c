#include "names.h"

#include "base/files.h"
#include "base/nearest.h"
#include "base/text.h"

#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

static const char *folder_name(const struct exercise *exercise)
{
    return strrchr(exercise->folder, '/') + 1;
}

// Whether `name` is a path, from the root or from the working directory, of the exercise's folder.
static bool is_path_of(const struct course *course, const struct exercise *exercise,
                       const char *name)
{
    size_t length = strlen(name);
    while (length > 1 && name[length - 1] == '/')
        length--;
    if (length == strlen(exercise->folder) && strncmp(name, exercise->folder, length) == 0)
        return true;
    struct stat named, folder;
    char *path = path_join(NULL, course->root, exercise->folder);
    bool same = path && stat(name, &named) == 0 && stat(path, &folder) == 0 &&
                named.st_dev == folder.st_dev && named.st_ino == folder.st_ino;
    talloc_free(path);
    return same;
}

// The exercise called `name`, or NULL.
static const struct exercise *find_exercise(const struct course *course, const char *name)
{
    for (size_t i = 0; i < course->count; i++) {
        const struct exercise *exercise = course->exercises[i];
        if (strcmp(exercise->name, name) == 0 || strcmp(folder_name(exercise), name) == 0)
            return exercise;
    }
    for (size_t i = 0; i < course->count; i++)
        if (is_path_of(course, course->exercises[i], name))
            return course->exercises[i];
    return NULL;
}

// Whether `name` is "1-lost-updates" or "exercises/1-lost-updates/".
static bool is_chapter(const char *name, const char *chapter)
{
    static const char above[] = "exercises/";
    if (strncmp(name, above, sizeof above - 1) == 0)
        name += sizeof above - 1;
    size_t length = strlen(chapter);
    return strncmp(name, chapter, length) == 0 && name[length + strspn(name + length, "/")] == '\0';
}

// Those of which a chapter is here.
static void offer_tracks(const struct course *course, struct nearest *nearest)
{
    for (size_t i = 0; i < course->track_count; i++)
        for (size_t j = 0; j < course->count; j++)
            if (list_has(course->tracks[i].chapters, course->exercises[j]->chapter))
                nearest_offer(nearest, course->tracks[i].name, course->tracks[i].name);
}

// ---- What could not be read ----

static bool is_name_of(const struct unread *unread, const char *name)
{
    const char *folder = strrchr(unread->path, '/') + 1;
    size_t length = strlen(unread->path);
    return strcmp(folder, name) == 0 || strcmp(folder + strspn(folder, "0123456789-"), name) == 0 ||
           (strncmp(name, unread->path, length) == 0 &&
            name[length + strspn(name + length, "/")] == '\0');
}

bool course_names_unread(const struct unread *unread, const char *const *names)
{
    for (; *names; names++)
        if (is_name_of(unread, *names))
            return true;
    return false;
}

// Whether the chapter, or track of chapters, called `name` has lost the exercise.
static bool is_among(const struct course *course, const struct unread *unread, const char *name)
{
    char *chapter = talloc_strdup(NULL, unread->path + strcspn(unread->path, "/") + 1);
    chapter[strcspn(chapter, "/")] = '\0';
    bool among = is_chapter(name, chapter) || track_has(course, name, chapter);
    talloc_free(chapter);
    return among;
}

bool course_misses(const struct course *course, const char *const *names)
{
    for (size_t i = 0; i < course->unread_count; i++) {
        if (!names[0])
            return true;
        for (size_t k = 0; names[k]; k++)
            if (is_among(course, &course->unread[i], names[k]))
                return true;
    }
    return false;
}

// If it is one of those, says why. False if it is not.
static bool complain_of_unread(const struct course *course, const char *name,
                               struct problem *problem)
{
    for (size_t i = 0; i < course->unread_count; i++) {
        const struct unread *unread = &course->unread[i];
        if (!is_name_of(unread, name) && !is_among(course, unread, name))
            continue;
        problem_set(problem, "%s", unread->why);
        return true;
    }
    return false;
}

// Says that there is no `what` ("exercise") of that name, and which it may have been; also a
// chapter or a track, if the name may stand for several.
static void complain(const struct course *course, const char *name, const char *what, bool several,
                     struct problem *problem)
{
    struct nearest nearest = {.typed = name};
    if (complain_of_unread(course, name, problem))
        return;
    for (size_t i = 0; i < course->count; i++) {
        const struct exercise *exercise = course->exercises[i];
        nearest_offer(&nearest, exercise->name, exercise->name);
        nearest_offer(&nearest, folder_name(exercise), exercise->name);
    }
    for (size_t i = 0; several && i < course->count; i++) {
        const char *chapter = course->exercises[i]->chapter;
        nearest_offer(&nearest, chapter, chapter);
        nearest_offer(&nearest, strchr(chapter, '-') + 1, chapter); // without its number
    }
    if (several)
        offer_tracks(course, &nearest);
    char *question = nearest_question(NULL, &nearest);
    problem_set(problem, "no %s is called \"%.200s\";%s \"racelings list\" shows them all", what,
                name, question);
    talloc_free(question);
}

const struct exercise *course_find(const struct course *course, const char *name,
                                   struct problem *problem)
{
    const struct exercise *exercise = find_exercise(course, name);
    if (!exercise)
        complain(course, name, "exercise", false, problem);
    return exercise;
}

// Marks the exercises that `name` stands for. Returns false if there are none.
static bool mark(const struct course *course, const char *name, bool *marked)
{
    const struct exercise *exercise = find_exercise(course, name);
    bool found = false;
    for (size_t i = 0; i < course->count; i++) {
        const char *chapter = course->exercises[i]->chapter;
        bool meant = course->exercises[i] == exercise ||
                     (!exercise && (is_chapter(name, chapter) || track_has(course, name, chapter)));
        marked[i] |= meant;
        found |= meant;
    }
    return found;
}

const struct exercise **course_choose(const void *context, const struct course *course,
                                      const char *const *names, struct problem *problem)
{
    const struct exercise **chosen =
        talloc_zero_array(context, const struct exercise *, (unsigned)course->count + 1);
    bool *marked = talloc_zero_array(chosen, bool, (unsigned)course->count);
    for (size_t i = 0; names[i]; i++)
        if (!mark(course, names[i], marked)) {
            complain(course, names[i], "exercise or chapter", true, problem);
            talloc_free(chosen);
            return NULL;
        }
    size_t count = 0;
    for (size_t i = 0; i < course->count; i++)
        if (marked[i] || !names[0])
            chosen[count++] = course->exercises[i];
    return chosen;
}
