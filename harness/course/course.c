// Reads the course: folders, exercise.json, and the head comments of the answers kept beside the
// reference solutions. Every sub-command starts here. Paths in messages are relative to the root.
//
//     course_load -> load_chapter -> load_exercise -> read_exercise_json, load_solution
#include "course.h"

#include "base/files.h"
#include "base/text.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <sha256.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

enum { FILE_LIMIT = 1024 * 1024, CLOSEST_NAMES = 3, FARTHEST_NAME = 3 };

// What the loading functions share. `scratch` holds what is not needed afterwards.
struct loader {
    struct course *course; // owns all that stays
    void *scratch;
    const char *const *detectors;
    bool answers; // read also-right/ and still-wrong/
    struct problem *problem;
};

static bool out_of_memory(struct problem *problem)
{
    return problem_set(problem, "out of memory while reading the course");
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

// What follows `start` and any blanks in `text`; NULL if it starts otherwise.
static const char *text_after(const char *text, const char *start)
{
    size_t length = strlen(start);
    if (strncmp(text, start, length) != 0)
        return NULL;
    return text + length + strspn(text + length, " \t");
}

// ---- exercise.json ----

// One JSON object of a file, and what its keys start with in messages: "" for the outermost,
// "expect.tsan." for one within.
struct object {
    const struct loader *loader;
    const char *file;
    const char *place;
    json_t *json;
};

// Complains about a key the object should not have, and about one it lacks of the first `needed`.
static bool check_keys(const struct object *object, const char *const *keys, size_t needed)
{
    struct problem *problem = object->loader->problem;
    const char *key;
    json_t *value;
    json_object_foreach(object->json, key, value)
    {
        if (!list_has(keys, key))
            return problem_set(problem, "%s: unknown key \"%s%s\"; the keys are %s", object->file,
                               object->place, key, list_join(object->loader->scratch, keys, ", "));
    }
    for (size_t i = 0; i < needed; i++) {
        if (!json_object_get(object->json, keys[i]))
            return problem_set(problem, "%s: \"%s%s\" is missing; the keys are %s", object->file,
                               object->place, keys[i],
                               list_join(object->loader->scratch, keys, ", "));
    }
    return true;
}

static bool must(const struct object *object, const char *key, const char *what)
{
    return problem_set(object->loader->problem, "%s: \"%s%s\" must %s", object->file, object->place,
                       key, what);
}

static bool get_object(const struct object *object, const char *key, struct object *inner)
{
    *inner = *object;
    inner->json = json_object_get(object->json, key);
    if (!json_is_object(inner->json))
        return must(object, key, "be an object, { ... }");
    inner->place = talloc_asprintf(object->loader->scratch, "%s%s.", object->place, key);
    return inner->place || out_of_memory(object->loader->problem);
}

// Leaves NULL in `text` if there is no such key.
static bool get_text(const struct object *object, const char *key, const char **text)
{
    json_t *value = json_object_get(object->json, key);
    *text = NULL;
    if (!value)
        return true;
    if (!json_is_string(value) || json_string_length(value) == 0)
        return must(object, key, "be a text in quotes that is not empty");
    *text = talloc_strdup(object->loader->course, json_string_value(value));
    return *text || out_of_memory(object->loader->problem);
}

static bool get_count(const struct object *object, const char *key, long *count)
{
    json_t *value = json_object_get(object->json, key);
    if (!json_is_integer(value) || json_integer_value(value) < 1 ||
        json_integer_value(value) > INT_MAX)
        return must(object, key, "be a whole number from 1 to 2147483647");
    *count = (long)json_integer_value(value);
    return true;
}

// The edit files: names of files that lie in the exercise's own folder.
static bool check_edit_name(const struct object *object, const struct exercise *exercise,
                            const char *name)
{
    const struct loader *loader = object->loader;
    if (!name || !*name || strchr(name, '/'))
        return must(object, "edit", "be a list of plain file names, without any \"/\"");
    if (list_has(exercise->edit, name))
        return problem_set(loader->problem, "%s: \"edit\" names %s twice", object->file, name);
    const char *path = path_join(loader->scratch, exercise->folder, name);
    enum entry entry;
    if (!path)
        return out_of_memory(loader->problem);
    if (!entry_look(loader->course->root, path, &entry, loader->problem))
        return false;
    return entry == ENTRY_FILE ||
           problem_set(loader->problem,
                       "%s: \"edit\" names %s, but there is no such file in %s; put it there or "
                       "correct the name",
                       object->file, name, exercise->folder);
}

static bool get_edit(const struct object *object, struct exercise *exercise)
{
    json_t *names = json_object_get(object->json, "edit");
    size_t count = json_array_size(names);
    if (count == 0)
        return must(object, "edit", "be a list of at least one file, [\"counter.c\"]");
    exercise->edit = talloc_zero_array(exercise, const char *, (unsigned)count + 1);
    if (!exercise->edit)
        return out_of_memory(object->loader->problem);
    for (size_t i = 0; i < count; i++) {
        const char *name = json_string_value(json_array_get(names, i));
        if (!check_edit_name(object, exercise, name))
            return false;
        if (!(exercise->edit[i] = talloc_strdup(exercise, name)))
            return out_of_memory(object->loader->problem);
    }
    return true;
}

// The optional list of functions that answers may use.
static bool get_allow(const struct object *object, struct exercise *exercise)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    json_t *names = json_object_get(object->json, "allow");
    size_t count = json_array_size(names);
    exercise->allow = talloc_zero_array(exercise, const char *, (unsigned)count + 1);
    if (!exercise->allow)
        return out_of_memory(object->loader->problem);
    if (names && count == 0)
        return must(object, "allow", "be a list of functions, [\"socket\"], or be left out");
    for (size_t i = 0; i < count; i++) {
        const char *name = json_string_value(json_array_get(names, i));
        if (!name || !*name || name[strspn(name, letters)])
            return must(object, "allow", "be a list of the names of functions");
        if (list_has(exercise->allow, name))
            return problem_set(object->loader->problem, "%s: \"allow\" names %s twice",
                               object->file, name);
        if (!(exercise->allow[i] = talloc_strdup(exercise, name)))
            return out_of_memory(object->loader->problem);
    }
    return true;
}

static bool get_start(const struct object *object, struct exercise *exercise)
{
    if (!get_text(object, "start", &exercise->start))
        return false;
    if (strlen(exercise->start) != 64 || strspn(exercise->start, "0123456789abcdef") != 64)
        return must(object, "start",
                    "be the 64 hexadecimal digits (0-9, a-f) that sha256sum "
                    "prints for the edit files one after another");
    return true;
}

static bool read_promise(const struct object *expect, const char *detector, struct promise *promise)
{
    static const char *const keys[] = {"report", "function", "variable", "silent", "luck", NULL};
    struct object object;
    if (!get_object(expect, detector, &object) || !check_keys(&object, keys, 0) ||
        !get_text(&object, "report", &promise->report) ||
        !get_text(&object, "function", &promise->function) ||
        !get_text(&object, "variable", &promise->variable) ||
        !get_text(&object, "silent", &promise->silent) ||
        !get_text(&object, "luck", &promise->luck))
        return false;
    if (!!promise->report + !!promise->silent + !!promise->luck != 1)
        return must(expect, detector, "hold exactly one of report, silent and luck");
    if (!promise->report && (promise->function || promise->variable))
        return must(expect, detector, "not hold function or variable, which belong to a report");
    return true;
}

// `expect` and `rounds`: one promise and one count for each known detector.
static bool read_promises(const struct object *object, struct exercise *exercise)
{
    const struct loader *loader = object->loader;
    struct object expect, rounds;
    size_t count = list_count(loader->detectors);
    if (!get_object(object, "expect", &expect) || !check_keys(&expect, loader->detectors, count) ||
        !get_object(object, "rounds", &rounds) || !check_keys(&rounds, loader->detectors, count))
        return false;
    exercise->detector_count = count;
    exercise->promises = talloc_zero_array(exercise, struct promise, (unsigned)count);
    exercise->rounds = talloc_zero_array(exercise, struct rounds, (unsigned)count);
    if (!exercise->promises || !exercise->rounds)
        return out_of_memory(loader->problem);
    for (size_t i = 0; i < count; i++) {
        const char *detector = talloc_strdup(exercise, loader->detectors[i]);
        if (!detector)
            return out_of_memory(loader->problem);
        exercise->promises[i].detector = detector;
        exercise->rounds[i].detector = detector;
        if (!read_promise(&expect, detector, &exercise->promises[i]) ||
            !get_count(&rounds, detector, &exercise->rounds[i].count))
            return false;
    }
    return true;
}

static bool read_fields(const struct object *object, struct exercise *exercise)
{
    static const char *const keys[] = {"title",  "edit",  "points", "bug", "expect",
                                       "rounds", "start", "allow",  NULL};
    const size_t needed = 7;
    long points;
    if (!check_keys(object, keys, needed) || !get_text(object, "title", &exercise->title) ||
        !get_edit(object, exercise) || !get_count(object, "points", &points) ||
        !get_text(object, "bug", &exercise->bug) || !read_promises(object, exercise) ||
        !get_start(object, exercise) || !get_allow(object, exercise))
        return false;
    exercise->points = (int)points;
    return true;
}

// The file's JSON object, to be given back with json_decref; NULL with `problem` filled.
static json_t *parse_file(const struct loader *loader, const char *file)
{
    char *text =
        file_read(loader->scratch, loader->course->root, file, FILE_LIMIT, NULL, loader->problem);
    if (!text)
        return NULL;
    if (text[strspn(text, " \t\r\n")] == '\0') {
        problem_set(loader->problem, "%s: is empty; describe the exercise in it", file);
        return NULL;
    }
    if (text_after(text, "\xEF\xBB\xBF")) {
        problem_set(loader->problem,
                    "%s:1:1: starts with a byte order mark; save it as UTF-8 without one", file);
        return NULL;
    }
    json_error_t error;
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    if (!json)
        problem_set(loader->problem, "%s:%d:%d: is not correct JSON: %s", file, error.line,
                    error.column, error.text);
    else if (!json_is_object(json)) {
        problem_set(loader->problem, "%s: must hold one object, { ... }", file);
        json_decref(json);
        return NULL;
    }
    return json;
}

static bool read_exercise_json(const struct loader *loader, struct exercise *exercise)
{
    const char *file = path_join(loader->scratch, exercise->folder, "exercise.json");
    enum entry entry;
    if (!file)
        return out_of_memory(loader->problem);
    if (!entry_look(loader->course->root, file, &entry, loader->problem))
        return false;
    if (entry == ENTRY_MISSING)
        return problem_set(loader->problem, "%s: is missing; every exercise needs one", file);
    json_t *json = parse_file(loader, file);
    if (!json)
        return false;
    struct object object = {loader, file, "", json};
    bool fine = read_fields(&object, exercise);
    json_decref(json);
    return fine;
}

// ---- the files of a folder ----

static bool is_c_file(const char *name)
{
    size_t length = strlen(name);
    return length > 2 && strcmp(name + length - 2, ".c") == 0;
}

static bool must_be_file(const struct loader *loader, const char *folder, const char *name)
{
    const char *path = path_join(loader->scratch, folder, name);
    enum entry entry;
    if (!path)
        return out_of_memory(loader->problem);
    if (!entry_look(loader->course->root, path, &entry, loader->problem))
        return false;
    return entry == ENTRY_FILE ||
           problem_set(loader->problem, "%s: is not a file, although its name ends in .c", path);
}

// The .c files of a folder, sorted, NULL-terminated; NULL with `problem` filled.
static const char **list_c_files(const struct loader *loader, const void *context,
                                 const char *folder)
{
    char **names = folder_list(loader->scratch, loader->course->root, folder, loader->problem);
    if (!names)
        return NULL;
    size_t length = list_count((const char *const *)names), count = 0;
    const char **files = talloc_zero_array(context, const char *, (unsigned)length + 1);
    for (size_t i = 0; files && i < length; i++) {
        if (!is_c_file(names[i]))
            continue;
        if (!must_be_file(loader, folder, names[i]))
            return NULL;
        files[count++] = talloc_steal(files, names[i]);
    }
    if (!files)
        out_of_memory(loader->problem);
    return files;
}

// ---- answers ----

// Cuts off what comes before the next `separator` in `text`, without blanks at its end; NULL when
// nothing is left.
static char *next_part(char **text, const char *separator)
{
    char *part = strsep(text, separator);
    size_t length = part ? strlen(part) : 0;
    while (length > 0 && strchr(" \t\r", part[length - 1]))
        part[--length] = '\0';
    return part;
}

// The detectors named in `text`, "tsan, helgrind". `place` is "file:line".
static bool read_caught_by(const struct loader *loader, const char *place, const char *text,
                           struct answer *answer)
{
    size_t count = 0, known = list_count(loader->detectors);
    char *rest = talloc_strdup(loader->scratch, text);
    answer->caught_by = talloc_zero_array(loader->course, const char *, (unsigned)known + 1);
    if (!rest || !answer->caught_by)
        return out_of_memory(loader->problem);
    while (rest) {
        const char *name = next_part(&rest, ",");
        name += strspn(name, " \t");
        if (!list_has(loader->detectors, name))
            return problem_set(loader->problem,
                               "%s: \"Caught by\" names \"%s\"; the detectors are %s, with a "
                               "comma between them",
                               place, name, list_join(loader->scratch, loader->detectors, ", "));
        if (list_has(answer->caught_by, name))
            return problem_set(loader->problem, "%s: \"Caught by\" names %s twice", place, name);
        if (!(answer->caught_by[count++] = talloc_strdup(loader->course, name)))
            return out_of_memory(loader->problem);
    }
    return true;
}

// The line after the reason: "// Caught by: ..." in a still-wrong answer, and only there.
static bool read_second_line(const struct loader *loader, const char *place, const char *line,
                             bool wrong, struct answer *answer)
{
    const char *detectors = line ? text_after(line, "// Caught by:") : NULL;
    if (wrong && detectors)
        return read_caught_by(loader, place, detectors, answer);
    if (wrong)
        return problem_set(loader->problem,
                           "%s: \"// Caught by: \" must follow the reason here, with those of %s "
                           "that reject this answer on every run",
                           place, list_join(loader->scratch, loader->detectors, ", "));
    if (detectors)
        return problem_set(loader->problem,
                           "%s: \"// Caught by:\" belongs to still-wrong answers; nothing catches "
                           "one that is right",
                           place);
    answer->caught_by = talloc_zero_array(loader->course, const char *, 1);
    return answer->caught_by || out_of_memory(loader->problem);
}

// The reason: what follows `opening` on the first line, and the comment lines after it. Leaves in
// `line` the line that ends it (NULL: the file's end) and in `number` which that is. NULL without
// memory.
static char *read_reason(const struct loader *loader, const char *opening, char *text,
                         const char **line, size_t *number)
{
    *number = 1;
    *line = next_part(&text, "\n");
    const char *said = text_after(*line, opening);
    char *reason = talloc_strdup(loader->course, said ? said : "");
    while (said && reason) {
        if (*number > 1)
            reason = talloc_asprintf_append(reason, "%s%s", *reason ? " " : "", said);
        *line = next_part(&text, "\n");
        ++*number;
        bool ends = !*line || text_after(*line, "// Caught by:");
        said = ends ? NULL : text_after(*line, "//");
        said = said && *said ? said : NULL;
    }
    return reason;
}

// The head comment in `text`, as course.h shows it. `text` is cut up.
static bool read_head(const struct loader *loader, char *text, bool wrong, struct answer *answer)
{
    const char *opening = wrong ? "// Still wrong:" : "// Also right:";
    const char *line;
    size_t number;
    answer->reason = read_reason(loader, opening, text, &line, &number);
    if (!answer->reason)
        return out_of_memory(loader->problem);
    if (!*answer->reason)
        return problem_set(loader->problem, "%s:1: must start with a comment \"%s \" that says why",
                           answer->path, opening);
    const char *place = talloc_asprintf(loader->scratch, "%s:%zu", answer->path, number);
    return place ? read_second_line(loader, place, line, wrong, answer)
                 : out_of_memory(loader->problem);
}

static bool load_answer(const struct loader *loader, const char *folder, const char *name,
                        bool wrong, struct answer *answer)
{
    const struct course *course = loader->course;
    answer->name = talloc_strndup(course, name, strlen(name) - strlen(".c"));
    answer->path = path_join(course, folder, name);
    if (!answer->name || !answer->path)
        return out_of_memory(loader->problem);
    char *text =
        file_read(loader->scratch, course->root, answer->path, FILE_LIMIT, NULL, loader->problem);
    return text && read_head(loader, text, wrong, answer);
}

static int compare_answers(const void *a, const void *b)
{
    return strcmp(((const struct answer *)a)->name, ((const struct answer *)b)->name);
}

// The answers in solutions/.../also-right or still-wrong; a folder that is not there holds none.
static bool load_answers(const struct loader *loader, const char *solution, bool wrong,
                         struct answer **answers, size_t *count)
{
    const char *folder = path_join(loader->scratch, solution, wrong ? "still-wrong" : "also-right");
    enum entry entry;
    if (!folder)
        return out_of_memory(loader->problem);
    if (!entry_look(loader->course->root, folder, &entry, loader->problem))
        return false;
    if (entry == ENTRY_MISSING)
        return true;
    const char **files = list_c_files(loader, loader->scratch, folder);
    if (!files)
        return false;
    *count = list_count(files);
    *answers = talloc_zero_array(loader->course, struct answer, (unsigned)*count);
    if (!*answers)
        return out_of_memory(loader->problem);
    for (size_t i = 0; i < *count; i++) {
        if (!load_answer(loader, folder, files[i], wrong, &(*answers)[i]))
            return false;
    }
    qsort(*answers, *count, sizeof **answers, compare_answers);
    return true;
}

// The twin below solutions/. None is no error: a handout has none, and `verify` misses those.
static bool load_solution(const struct loader *loader, struct exercise *exercise)
{
    enum entry entry;
    char *solution = talloc_asprintf(exercise, "solutions%s", strchr(exercise->folder, '/'));
    if (!solution)
        return out_of_memory(loader->problem);
    if (!entry_look(loader->course->root, solution, &entry, loader->problem))
        return false;
    if (entry == ENTRY_MISSING)
        return true;
    if (entry != ENTRY_FOLDER)
        return problem_set(loader->problem, "%s: must be a folder", solution);
    exercise->solution = solution;
    if (!loader->answers)
        return true;
    return load_answers(loader, solution, false, &exercise->also_right,
                        &exercise->also_right_count) &&
           load_answers(loader, solution, true, &exercise->still_wrong,
                        &exercise->still_wrong_count);
}

// ---- the course ----

// [1-9]-[a-z0-9-]+
static bool is_chapter_name(const char *name)
{
    return name[0] >= '1' && name[0] <= '9' && name[1] == '-' && name[2] &&
           !name[2 + strspn(name + 2, "abcdefghijklmnopqrstuvwxyz0123456789-")];
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

// Loads every folder in `folder`, in order.
static bool load_level(const struct loader *loader, const char *folder, const struct level *level)
{
    char **names = folder_list(loader->scratch, loader->course->root, folder, loader->problem);
    if (!names)
        return false;
    for (size_t i = 0; names[i]; i++) {
        const char *path = path_join(loader->scratch, folder, names[i]);
        bool wanted;
        if (!path)
            return out_of_memory(loader->problem);
        if (!is_wanted(loader, level, path, &wanted) ||
            (wanted && !level->load(loader, folder, names[i])))
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
    if (!load_level(loader, "exercises", &chapters))
        return false;
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
    struct loader loader = {course, talloc_new(course), detectors, part == COURSE_WITH_ANSWERS,
                            problem};
    bool loaded = course->root && loader.scratch ? load_all(&loader) : out_of_memory(problem);
    talloc_free(loader.scratch);
    if (loaded)
        return course;
    talloc_free(course);
    return NULL;
}

// ---- questions about a loaded course ----

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

// How many letters must be put in, left out or changed to make one of the other (Levenshtein);
// anything beyond FARTHEST_NAME is as good as infinite. `known` is an exercise's name.
static size_t distance(const char *typed, const char *known)
{
    size_t row[NAME_MAX + 1], columns = strlen(known);
    if (columns > NAME_MAX || strlen(typed) > columns + FARTHEST_NAME)
        return SIZE_MAX;
    for (size_t j = 0; j <= columns; j++)
        row[j] = j;
    for (size_t i = 1; typed[i - 1]; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= columns; j++) {
            size_t changed = diagonal + (typed[i - 1] != known[j - 1]);
            size_t shorter = row[j] < row[j - 1] ? row[j] : row[j - 1];
            diagonal = row[j];
            row[j] = changed < shorter + 1 ? changed : shorter + 1;
        }
    }
    return row[columns];
}

// How far what was typed is from an exercise's name, with its number or without. Short names have
// nothing in common when every letter differs; the beginning of a name is as near as a slip.
static size_t distance_to(const char *typed, const struct exercise *exercise)
{
    const char *candidates[] = {exercise->name, base_name(exercise->folder)};
    size_t nearest = SIZE_MAX;
    for (size_t i = 0; i < 2; i++) {
        size_t letters = distance(typed, candidates[i]);
        if (*typed && text_after(candidates[i], typed))
            letters = 1;
        if (letters < nearest && letters <= FARTHEST_NAME && letters < strlen(candidates[i]))
            nearest = letters;
    }
    return nearest;
}

// " did you mean counter or account?", or nothing; a talloc string.
static char *suggestion(const struct course *course, const char *typed)
{
    char *text = talloc_strdup(NULL, "");
    size_t named = 0;
    for (size_t far = 0; far <= FARTHEST_NAME; far++) {
        for (size_t i = 0; i < course->count && named < CLOSEST_NAMES; i++) {
            if (distance_to(typed, course->exercises[i]) == far)
                text = talloc_asprintf_append(text, "%s%s", named++ ? " or " : " did you mean ",
                                              course->exercises[i]->name);
        }
    }
    return named ? talloc_asprintf_append(text, "?") : text;
}

const struct exercise *course_find(const struct course *course, const char *name,
                                   struct problem *problem)
{
    for (size_t i = 0; i < course->count; i++) {
        const struct exercise *exercise = course->exercises[i];
        if (strcmp(exercise->name, name) == 0 || strcmp(base_name(exercise->folder), name) == 0)
            return exercise;
    }
    for (size_t i = 0; i < course->count; i++) {
        if (is_path_of(course, course->exercises[i], name))
            return course->exercises[i];
    }
    char *closest = suggestion(course, name);
    problem_set(problem, "no exercise is called \"%.200s\";%s \"racelings list\" shows them all",
                name, closest ? closest : "");
    talloc_free(closest);
    return NULL;
}

const char *exercise_hash(const void *context, const struct course *course,
                          const struct exercise *exercise, struct problem *problem)
{
    SHA256_CTX hash;
    char *digest = talloc_zero_size(context, SHA256_DIGEST_STRING_LENGTH);
    SHA256_Init(&hash);
    for (size_t i = 0; exercise->edit[i]; i++) {
        size_t size;
        const char *path = path_join(digest, exercise->folder, exercise->edit[i]);
        char *bytes = file_read(digest, course->root, path, FILE_LIMIT, &size, problem);
        if (!bytes) {
            talloc_free(digest);
            return NULL;
        }
        SHA256_Update(&hash, (const uint8_t *)bytes, size);
    }
    SHA256_End(&hash, digest);
    return digest;
}

bool exercise_progress(const struct course *course, const struct exercise *exercise,
                       enum progress *progress, struct problem *problem)
{
    const char *hash = exercise_hash(NULL, course, exercise, problem);
    if (!hash)
        return false;
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

long exercise_rounds(const struct exercise *exercise, const char *detector)
{
    for (size_t i = 0; i < exercise->detector_count; i++) {
        if (strcmp(exercise->rounds[i].detector, detector) == 0)
            return exercise->rounds[i].count;
    }
    return 0;
}
