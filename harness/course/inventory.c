#include "inventory.h"

#include "base/files.h"
#include "base/text.h"
#include "pages.h"

#include <stdarg.h>
#include <string.h>
#include <talloc.h>

enum { TEXT_LIMIT = 1 << 20, HINTS_LEAST = 3, ALSO_RIGHT_LEAST = 2, STILL_WRONG_LEAST = 3 };

struct stock {
    const struct course *course;
    const struct exercise *exercise;
    const char ***faults;
};

__attribute__((format(printf, 3, 4))) static void fault(struct stock *stock, const char *where,
                                                        const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *what = talloc_vasprintf(*stock->faults, format, arguments);
    va_end(arguments);
    list_add(stock->faults, talloc_asprintf(*stock->faults, "%s: %s", where, what));
}

// The text of a file below the course's root; a missing one is a fault, and NULL.
static char *text_of(struct stock *stock, const char *path)
{
    struct problem problem;
    char *text = file_read(*stock->faults, stock->course->root, path, TEXT_LIMIT, NULL, &problem);
    if (!text)
        fault(stock, path, "cannot be read (%s)", problem.text);
    return text;
}

// How many lines of `text` start with `start`.
static size_t lines_with(const char *text, const char *start)
{
    size_t count = 0;
    for (const char *line = text; line; line = strchr(line, '\n'), line = line ? line + 1 : NULL)
        count += strncmp(line, start, strlen(start)) == 0;
    return count;
}

static void check_lesson(struct stock *stock)
{
    char *path = path_join(*stock->faults, stock->exercise->folder, "README.md");
    char *text = text_of(stock, path);
    if (!text)
        return;
    size_t hints = lines_with(text, "### Hint ");
    if (!lines_with(text, "## Hints"))
        fault(stock, path, "has no section \"## Hints\"");
    else if (hints < HINTS_LEAST)
        fault(stock, path, "has %zu hint%s (\"### Hint 1\", ...), fewer than %d", hints,
              hints == 1 ? "" : "s", HINTS_LEAST);
}

// Whether `name` may stand in a folder that holds `files` and those of `more`.
static bool belongs(const char *name, const char *const *files, const char *const *more)
{
    const char *end = strrchr(name, '.');
    bool backup = end && strcmp(end, ".mine") == 0; // what "reset" keeps of the student's work
    return backup || list_has(files, name) || list_has(more, name);
}

static void check_folder(struct stock *stock, const char *folder, const char *const *files,
                         const char *const *more, bool headers)
{
    char **names = folder_list(*stock->faults, stock->course->root, folder, NULL);
    for (size_t i = 0; names && names[i]; i++) {
        const char *end = strrchr(names[i], '.');
        bool header = headers && end && strcmp(end, ".h") == 0;
        if (!header && !belongs(names[i], files, more))
            fault(stock, path_join(*stock->faults, folder, names[i]),
                  "is a stray file: nothing uses it");
    }
}

static void check_answers(struct stock *stock, const char *folder, const struct answer *answers,
                          size_t count, size_t least)
{
    const char *path = path_join(*stock->faults, stock->exercise->solution, folder);
    const char **names = list_new(*stock->faults);
    for (size_t i = 0; i < count; i++)
        list_add(&names, strrchr(answers[i].path, '/') + 1);
    const char *text = file_read(*stock->faults, stock->course->root,
                                 path_join(*stock->faults, stock->exercise->solution, "README.md"),
                                 TEXT_LIMIT, NULL, NULL);
    for (size_t i = 0; text && i < count; i++)
        if (!strstr(text, names[i]))
            fault(stock, answers[i].path, "is not mentioned in the solution's README.md");
    if (count < least)
        fault(stock, path, "holds %zu answer%s, fewer than %zu", count, count == 1 ? "" : "s",
              least);
    check_folder(stock, path, names, NULL, false);
}

static void check_solution(struct stock *stock)
{
    static const char *const more[] = {"README.md", "also-right", "still-wrong", NULL};
    const struct exercise *exercise = stock->exercise;
    if (!exercise->solution) {
        fault(stock, exercise->folder, "has no twin below solutions/");
        return;
    }
    for (size_t i = 0; exercise->edit[i]; i++)
        text_of(stock, path_join(*stock->faults, exercise->solution, exercise->edit[i]));
    const char *path = path_join(*stock->faults, exercise->solution, "README.md");
    const char *page = text_of(stock, path);
    if (page && !solution_learned(*stock->faults, page))
        fault(stock, path,
              "does not begin a section \"## What orders it now\" (or \"## What is right "
              "now\") with a sentence");
    check_folder(stock, exercise->solution, exercise->edit, more, false);
    check_answers(stock, "also-right", exercise->also_right, exercise->also_right_count,
                  ALSO_RIGHT_LEAST);
    check_answers(stock, "still-wrong", exercise->still_wrong, exercise->still_wrong_count,
                  STILL_WRONG_LEAST);
}

// What the map says of a detector's promise: the kind of report, "silent", "luck" or "abstains".
static const char *promise_word(const struct promise *promise)
{
    if (promise->report)
        return promise->report;
    return promise->silent ? "silent" : promise->luck ? "luck" : "abstains";
}

// The exercise's row in the map's table.
static char *map_row(const void *context, const struct exercise *exercise)
{
    char *row =
        talloc_asprintf(context, "| [%s](%s/%s-%s/) | %s |", exercise->name, exercise->chapter,
                        exercise->number, exercise->name, exercise->title);
    for (size_t i = 0; i < exercise->detector_count; i++)
        row = talloc_asprintf_append(row, " %s |", promise_word(&exercise->promises[i]));
    return row;
}

// The chapter has a lesson and is on a track, and the map tells of the exercise what exercise.json
// does.
static void check_surroundings(struct stock *stock)
{
    const struct exercise *exercise = stock->exercise;
    text_of(stock, talloc_asprintf(*stock->faults, "exercises/%s/README.md", exercise->chapter));
    if (stock->course->track_count > 0 && !is_on_a_track(stock->course, exercise->chapter))
        fault(stock, "exercises/tracks.json", "has no track with the chapter %s",
              exercise->chapter);
    const char *map = text_of(stock, "exercises/README.md");
    const char *row = map_row(*stock->faults, exercise);
    if (map && !strstr(map, row))
        fault(stock, "exercises/README.md", "lacks the row that exercise.json asks for: %s", row);
}

void inventory(const struct course *course, const struct exercise *exercise, const char ***faults)
{
    const char *const more[] = {"README.md", "exercise.json", exercise->scenes, NULL};
    struct stock stock = {course, exercise, faults};
    check_lesson(&stock);
    check_folder(&stock, exercise->folder, exercise->sources, more, true);
    check_solution(&stock);
    check_surroundings(&stock);
}
