// exercise.json: what an exercise says of itself. Called by course.c.
#include "base/files.h"
#include "base/text.h"
#include "loader.h"

#include <jansson.h>
#include <limits.h>
#include <string.h>
#include <talloc.h>

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
    bool lost =
        entry == ENTRY_MISSING && // by the student: "reset" has it
        (loader->part == COURSE_WITHOUT_ANSWERS || loader->part == COURSE_AS_FAR_AS_IT_GOES);
    return entry == ENTRY_FILE || lost ||
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
        if (!list_has(exercise->sources, name)) // it is lost; whoever compiles it says so
            list_add(&exercise->sources, exercise->edit[i]);
    }
    return true;
}

// The detectors that cannot judge the reference solution: those that are promised to abstain, and
// the optional list of others.
static bool get_abstains(const struct object *object, struct exercise *exercise)
{
    json_t *names = json_object_get(object->json, "abstains");
    size_t count = json_array_size(names), promised = 0;
    exercise->abstains =
        talloc_zero_array(exercise, const char *, (unsigned)(count + exercise->detector_count) + 1);
    if (!exercise->abstains)
        return out_of_memory(object->loader->problem);
    for (size_t i = 0; i < exercise->detector_count; i++)
        if (exercise->promises[i].abstains)
            exercise->abstains[promised++] = exercise->promises[i].detector;
    if (names && count == 0)
        return must(object, "abstains", "be a list of detectors, [\"tsan\"], or be left out");
    for (size_t i = 0; i < count; i++) {
        const char *name = json_string_value(json_array_get(names, i));
        if (!name || !list_has(object->loader->detectors, name) ||
            list_has(exercise->abstains, name))
            return must(object, "abstains",
                        "be a list of detectors, each once, besides those promised to abstain");
        if (!(exercise->abstains[promised + i] = talloc_strdup(exercise, name)))
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
    static const char *const keys[] = {"report", "function", "variable", "scene",
                                       "silent", "luck",     "abstains", NULL};
    struct object object;
    if (!get_object(expect, detector, &object) || !check_keys(&object, keys, 0) ||
        !get_text(&object, "report", &promise->report) ||
        !get_text(&object, "function", &promise->function) ||
        !get_text(&object, "variable", &promise->variable) ||
        !get_text(&object, "scene", &promise->scene) ||
        !get_text(&object, "silent", &promise->silent) ||
        !get_text(&object, "luck", &promise->luck) ||
        !get_text(&object, "abstains", &promise->abstains))
        return false;
    if (!!promise->report + !!promise->silent + !!promise->luck + !!promise->abstains != 1)
        return must(expect, detector, "hold exactly one of report, silent, luck and abstains");
    if (!promise->report && (promise->function || promise->variable || promise->scene))
        return must(expect, detector,
                    "not hold function, variable or scene, which belong to a report");
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
    static const char *const keys[] = {"title",  "edit",  "points",   "bug",   "expect",
                                       "rounds", "start", "abstains", "allow", NULL};
    const size_t needed = 7;
    long points;
    if (!check_keys(object, keys, needed) || !get_text(object, "title", &exercise->title) ||
        !get_edit(object, exercise) || !get_count(object, "points", &points) ||
        !get_text(object, "bug", &exercise->bug) || !read_promises(object, exercise) ||
        !get_start(object, exercise) || !get_abstains(object, exercise) ||
        !get_allow(object, exercise))
        return false;
    exercise->points = (int)points;
    return true;
}

json_t *read_json_object(const struct loader *loader, const char *file, const char *what_to_do)
{
    char *text = file_read(loader->scratch, loader->course->root, file, COURSE_FILE_LIMIT, NULL,
                           loader->problem);
    if (!text)
        return NULL;
    if (text[strspn(text, " \t\r\n")] == '\0') {
        problem_set(loader->problem, "%s: is empty; %s", file, what_to_do);
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

bool read_exercise_json(const struct loader *loader, struct exercise *exercise)
{
    const char *file = path_join(loader->scratch, exercise->folder, "exercise.json");
    enum entry entry;
    if (!file)
        return out_of_memory(loader->problem);
    if (!entry_look(loader->course->root, file, &entry, loader->problem))
        return false;
    if (entry == ENTRY_MISSING)
        return problem_set(loader->problem,
                           "%s: is missing; every exercise needs one (in a clone of the course, "
                           "\"git status\" shows what is gone)",
                           file);
    json_t *json = read_json_object(loader, file, "describe the exercise in it");
    if (!json)
        return false;
    struct object object = {loader, file, "", json};
    bool fine = read_fields(&object, exercise);
    json_decref(json);
    return fine;
}
