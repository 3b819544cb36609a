// Gathers a handout: the kit (the harness without its tests, the build files) from the folder this
// program was built from, the exercises from the course, and what is filled in from the templates
// in harness/handout/. Called by commands/handout.c and init.c.
#define _GNU_SOURCE
#include "handout.h"

#include "base/files.h"
#include "base/text.h"
#include "course/kit.h"
#include "course/lessons.h"
#include "course/locate.h"
#include "course/starts.h"

#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

enum { FILE_LIMIT = 4 << 20, NAMED_MOST = 8 };

#define TEMPLATES "harness/handout/"

// What the gathering functions share. `problem` is filled when one of them returns false.
struct gathering {
    struct handout *handout;
    const struct course *course;
    const struct exercise *const *chosen;
    const char *below; // where the course goes in the handout: "" or "course/"
    struct problem *problem;
};

static bool ends_with(const char *name, const char *end)
{
    size_t length = strlen(name), tail = strlen(end);
    return length >= tail && strcmp(name + length - tail, end) == 0;
}

static bool ends_with_any(const char *name, const char *const *ends)
{
    while (*ends && !ends_with(name, *ends))
        ends++;
    return *ends != NULL;
}

// ---- Files ----

static void add(struct gathering *gathering, const char *path, const char *bytes, size_t size,
                bool executable)
{
    struct handout *handout = gathering->handout;
    handout->files = array_grow(handout, handout->files, sizeof *handout->files, handout->count);
    handout->files[handout->count++] = (struct handout_file){path, bytes, size, executable};
}

// Adds the file `path` of the folder `root`, in the same place of the handout's course.
static bool add_copy(struct gathering *gathering, const char *root, const char *path)
{
    size_t size;
    const char *bytes =
        file_read(gathering->handout, root, path, FILE_LIMIT, &size, gathering->problem);
    if (bytes)
        add(gathering,
            path_join(gathering->handout, NULL,
                      talloc_asprintf(gathering->handout, "%s%s", gathering->below, path)),
            bytes, size, false);
    return bytes != NULL;
}

// Whether the folder holds what CMake makes of one.
static bool is_build_folder(const char *folder)
{
    enum entry entry;
    return entry_look(folder, "CMakeCache.txt", &entry, NULL) && entry != ENTRY_MISSING;
}

// Whether a visible file was left behind by an editor, a merge or a compiler.
static bool is_litter(const char *name)
{
    static const char *const ends[] = {"~",    ".mine", ".orig", ".rej", ".bak",
                                       ".tmp", ".o",    ".a",    ".log", NULL};
    return name[0] == '#' || ends_with_any(name, ends);
}

// Adds the files of a folder and, with `deep`, of those below it. `belongs` decides by a file's
// name; `except` (NULL-terminated) are folders left out. Links are not followed.
struct selection {
    const char *root;
    bool (*belongs)(const char *name);
    const char *const *except;
    bool deep;
};

static bool add_folder(struct gathering *gathering, const struct selection *selection,
                       const char *folder);

static bool add_entry(struct gathering *gathering, const struct selection *selection,
                      const char *folder, const char *name)
{
    const char *path = path_join(gathering->handout, folder, name);
    const char *full = path_join(gathering->handout, selection->root, path);
    struct stat status;
    if (lstat(full, &status))
        return problem_set(gathering->problem, "%s: went away while it was copied", path);
    if (S_ISDIR(status.st_mode) && selection->deep && !list_has(selection->except, path) &&
        !is_build_folder(full))
        return add_folder(gathering, selection, path);
    if (S_ISREG(status.st_mode) && selection->belongs(name))
        return add_copy(gathering, selection->root, path);
    return true;
}

static bool add_folder(struct gathering *gathering, const struct selection *selection,
                       const char *folder)
{
    char **names = folder_list(gathering->handout, selection->root, folder, gathering->problem);
    for (size_t i = 0; names && names[i]; i++)
        if (!add_entry(gathering, selection, folder, names[i]))
            return false;
    return names != NULL;
}

// ---- The kit ----

static bool belongs_to_kit(const char *name)
{
    return !is_litter(name);
}

static bool add_kit(struct gathering *gathering)
{
    static const char *const files[] = {"CMakeLists.txt", "CMakePresets.json", "LICENSE",
                                        ".gitignore",     ".clang-format",     NULL};
    static const char *const except[] = {"harness/tests", "harness/bench", NULL};
    const struct selection selection = {kit_folder(), belongs_to_kit, except, true};
    for (size_t i = 0; files[i]; i++)
        if (!add_copy(gathering, kit_folder(), files[i]))
            return false;
    return add_folder(gathering, &selection, "cmake") &&
           add_folder(gathering, &selection, "harness");
}

// ---- The exercises ----

// What an exercise's folder may hold; see inventory.c, which calls all else stray.
static bool belongs_to_exercise(const char *name)
{
    return file_is_code(name) || strcmp(name, "README.md") == 0 ||
           strcmp(name, "exercise.json") == 0;
}

// Adds the exercise's code once more: the files to edit for "racelings reset", the course's own for
// "racelings check", which tells who changed them.
static bool add_start(struct gathering *gathering, const struct exercise *exercise)
{
    struct handout *handout = gathering->handout;
    const struct selection selection = {gathering->course->root, file_is_code, NULL, false};
    size_t count = handout->count;
    if (!add_folder(gathering, &selection, exercise->folder))
        return false;
    for (; count < handout->count; count++)
        handout->files[count].path = path_join(
            handout, STARTS_FOLDER, handout->files[count].path + strlen(gathering->below));
    return true;
}

static bool add_starts(struct gathering *gathering)
{
    for (size_t i = 0; gathering->chosen[i]; i++)
        if (!add_start(gathering, gathering->chosen[i]))
            return false;
    return true;
}

static bool add_exercise(struct gathering *gathering, size_t index)
{
    const struct selection selection = {gathering->course->root, belongs_to_exercise, NULL, false};
    const struct exercise *exercise = gathering->chosen[index];
    const char *before = index > 0 ? gathering->chosen[index - 1]->chapter : "";
    const char *lesson =
        talloc_asprintf(gathering->handout, "exercises/%s/README.md", exercise->chapter);
    if (strcmp(exercise->chapter, before) != 0 &&
        !add_copy(gathering, gathering->course->root, lesson))
        return false;
    return add_folder(gathering, &selection, exercise->folder);
}

static bool add_exercises(struct gathering *gathering)
{
    for (size_t i = 0; gathering->chosen[i]; i++)
        if (!add_exercise(gathering, i))
            return false;
    if (gathering->course->track_count > 0 &&
        !add_copy(gathering, gathering->course->root, "exercises/tracks.json"))
        return false;
    return add_copy(gathering, gathering->course->root, "exercises/README.md") &&
           add_copy(gathering, gathering->course->root, "exercises/EXPLORE.md") &&
           add_copy(gathering, gathering->course->root, "exercises/TOOLS.md");
}

// The edit files of the chosen exercises that are not as `start` has them; NULL with `problem`
// filled if one cannot be read.
static const char **edited_files(struct gathering *gathering)
{
    const char **files = list_new(gathering->handout);
    for (size_t i = 0; gathering->chosen[i]; i++) {
        const struct exercise *exercise = gathering->chosen[i];
        enum progress progress;
        if (!exercise_progress(gathering->course, exercise, &progress, gathering->problem))
            return NULL;
        for (size_t k = 0; progress == PROGRESS_EDITED && exercise->edit[k]; k++)
            list_add(&files, path_join(gathering->handout, exercise->folder, exercise->edit[k]));
    }
    return files;
}

static bool check_untouched(struct gathering *gathering)
{
    const char **files = edited_files(gathering);
    size_t count = list_count(files);
    if (!files || count == 0)
        return files != NULL;
    if (count > NAMED_MOST)
        files[NAMED_MOST] = NULL; // enough to see what happened
    return problem_set(gathering->problem,
                       "the starting programs are not as handed out, so students would get what "
                       "was made of them (%zu file%s): put them back with \"git checkout %s%s\" in "
                       "%s, or renew \"start\" in their exercise.json if the change is meant",
                       count, count > 1 ? "s" : "", list_join(gathering->handout, files, " "),
                       count > NAMED_MOST ? " ..." : "", gathering->course->root);
}

// ---- Links ----

// "a/c" for "a/b" and "../c".
static char *resolve(const void *context, const char *folder, const char *target)
{
    char *parts = talloc_asprintf(context, "%s/%s", folder, target), *rest = parts;
    char *path = talloc_strdup(context, "");
    for (char *part; (part = strsep(&rest, "/"));) {
        char *slash = strrchr(path, '/');
        if (strcmp(part, "..") == 0)
            path[slash ? slash - path : 0] = '\0';
        else if (part[0] && strcmp(part, ".") != 0)
            path = talloc_asprintf(context, "%s%s%s", path, path[0] ? "/" : "", part);
    }
    return path;
}

// Whether the handout's course holds the file `path`, or one in the folder `path`.
static bool holds(const struct gathering *gathering, const char *path)
{
    size_t below = strlen(gathering->below), length = strlen(path);
    for (size_t i = 0; i < gathering->handout->count; i++) {
        const char *file = gathering->handout->files[i].path + below;
        if (strncmp(file, path, length) == 0 && (file[length] == '/' || file[length] == '\0'))
            return true;
    }
    return false;
}

// A page of the course, whose links start from its folder.
struct page {
    const struct gathering *gathering;
    const char *folder;
};

// Only what the course has and the handout has not: "f[i](x)" in a piece of C is no link.
static bool is_left_behind(const char *target, void *data)
{
    const struct page *page = data;
    void *scratch = talloc_new(NULL);
    enum entry entry;
    char *place = talloc_strndup(scratch, target, strcspn(target, "#"));
    char *path = resolve(scratch, page->folder, place);
    bool gone = place[0] && !strstr(target, "://") &&
                entry_look(page->gathering->course->root, path, &entry, NULL) &&
                entry != ENTRY_MISSING && !holds(page->gathering, path);
    talloc_free(scratch);
    return gone;
}

static void mend_links(struct gathering *gathering)
{
    size_t below = strlen(gathering->below);
    for (size_t i = 0; i < gathering->handout->count; i++) {
        struct handout_file *file = &gathering->handout->files[i];
        const char *path = file->path + below;
        if (strncmp(path, "exercises/", 10) != 0 || !ends_with(path, ".md"))
            continue;
        size_t folder = (size_t)(strrchr(path, '/') - path);
        struct page page = {gathering, talloc_strndup(gathering->handout, path, folder)};
        file->bytes = lesson_without(gathering->handout, file->bytes, is_left_behind, &page);
        file->size = strlen(file->bytes);
    }
}

// ---- Templates ----

// What stands in a template as "@NAME@", and what comes in its place.
struct blank {
    const char *name, *text;
};

static const char *find_blank(const struct blank *blanks, const char *at, size_t *length)
{
    for (const struct blank *blank = blanks; blank->name; blank++) {
        *length = strlen(blank->name);
        if (strncmp(at, blank->name, *length) == 0)
            return blank->text;
    }
    return NULL;
}

static char *fill(const void *context, const char *template, const struct blank *blanks)
{
    char *text = talloc_strdup(context, "");
    size_t length;
    while (*template) {
        const char *filled = find_blank(blanks, template, &length);
        length = filled ? length : 1 + strcspn(template + 1, "@");
        text = filled ? talloc_strdup_append_buffer(text, filled)
                      : talloc_strndup_append_buffer(text, template, length);
        template += length;
    }
    return text;
}

// One step of the workflow for each exercise; and how the last step gets their results.
static const char *workflow_steps(const struct gathering *gathering)
{
    char *text = talloc_strdup(gathering->handout, "");
    for (size_t i = 0; gathering->chosen[i]; i++) {
        const char *name = gathering->chosen[i]->name;
        text = talloc_asprintf_append(
            text,
            "      - name: %s\n"
            "        id: %s\n"
            "        if: ${{ !cancelled() && steps.build_harness.outcome == 'success' }}\n"
            "        uses: classroom-resources/autograding-command-grader@v1\n"
            "        with:\n"
            "          test-name: %s\n"
            "          command: build/racelings check %s\n"
            "          timeout: 10\n"
            "          max-score: %d\n",
            name, name, name, name, gathering->chosen[i]->points);
    }
    return text;
}

static const char *workflow_results(const struct gathering *gathering)
{
    char *text = talloc_strdup(gathering->handout, "");
    for (size_t i = 0; gathering->chosen[i]; i++) {
        const char *name = gathering->chosen[i]->name;
        char *upper = talloc_strdup(text, name);
        for (char *at = upper; *at; at++)
            *at = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
        text = talloc_asprintf_append(
            text, "          %s_RESULTS: ${{ steps.%s.outputs.result }}\n", upper, name);
    }
    return text;
}

static const char *workflow_names(const struct gathering *gathering)
{
    const char **names = list_new(gathering->handout);
    for (size_t i = 0; gathering->chosen[i]; i++)
        list_add(&names, gathering->chosen[i]->name);
    return list_join(gathering->handout, names, ",");
}

// Adds a template, filled in, as `path` of the handout.
static bool add_filled(struct gathering *gathering, const char *template, const char *path,
                       bool executable)
{
    const struct handout *handout = gathering->handout;
    const struct exercise *first = gathering->chosen[0];
    size_t count = 0;
    while (gathering->chosen[count])
        count++;
    const struct blank blanks[] = {
        {"@EXERCISES@", talloc_asprintf(handout, "%zu exercise%s", count, count > 1 ? "s" : "")},
        {"@NAME@", first->name},
        {"@FOLDER@", first->folder},
        {"@FILE@", first->edit[0]},
        {"@STEPS@\n", workflow_steps(gathering)},
        {"@RESULTS@\n", workflow_results(gathering)},
        {"@NAMES@", workflow_names(gathering)},
        {NULL, NULL}};
    const char *text =
        file_read(handout, kit_folder(), template, FILE_LIMIT, NULL, gathering->problem);
    if (!text)
        return false;
    char *filled = fill(handout, text, blanks);
    add(gathering, path, filled, strlen(filled), executable);
    return true;
}

// ---- All of it ----

static bool gather_course(struct gathering *gathering)
{
    if (!check_untouched(gathering) || !add_kit(gathering) || !add_exercises(gathering))
        return false;
    mend_links(gathering);
    return true;
}

struct handout *handout_for_students(const void *context, const struct course *course,
                                     const struct exercise *const *chosen, struct problem *problem)
{
    struct handout *handout = talloc_zero(context, struct handout);
    struct gathering gathering = {handout, course, chosen, "", problem};
    if (gather_course(&gathering) && add_starts(&gathering) &&
        add_filled(&gathering, TEMPLATES "README.md", "README.md", false) &&
        add_filled(&gathering, TEMPLATES "racelings.yml", ".github/workflows/racelings.yml",
                   false) &&
        add_filled(&gathering, TEMPLATES "devcontainer.json", ".devcontainer/devcontainer.json",
                   false) &&
        add_filled(&gathering, TEMPLATES "tasks.json", ".vscode/tasks.json", false) &&
        add_filled(&gathering, TEMPLATES "Dockerfile", ".devcontainer/Dockerfile", false))
        return handout;
    talloc_free(handout);
    return NULL;
}

struct handout *handout_to_work_on(const void *context, const struct course *course,
                                   const struct exercise *const *chosen, struct problem *problem)
{
    static const char mark[] = "This folder is a copy of the Racelings course: commands of "
                               "racelings that are run\nhere or below are about it.\n";
    struct handout *handout = talloc_zero(context, struct handout);
    struct gathering gathering = {handout, course, chosen, "", problem};
    if (!check_untouched(&gathering) || !add_exercises(&gathering) || !add_starts(&gathering) ||
        !add_filled(&gathering, TEMPLATES "copy.md", "README.md", false)) {
        talloc_free(handout);
        return NULL;
    }
    add(&gathering, COURSE_MARK, mark, strlen(mark), false);
    mend_links(&gathering);
    return handout;
}

struct handout *handout_for_gradescope(const void *context, const struct course *course,
                                       const struct exercise *const *chosen,
                                       struct problem *problem)
{
    struct handout *handout = talloc_zero(context, struct handout);
    struct gathering gathering = {handout, course, chosen, "course/", problem};
    if (gather_course(&gathering) &&
        add_filled(&gathering, TEMPLATES "setup.sh", "setup.sh", true) &&
        add_filled(&gathering, TEMPLATES "run_autograder", "run_autograder", true))
        return handout;
    talloc_free(handout);
    return NULL;
}
