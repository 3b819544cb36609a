// The answers kept beside a reference solution, and what their head comments say. Called by
// course.c.
#define _GNU_SOURCE
#include "base/files.h"
#include "base/text.h"
#include "loader.h"

#include <stdlib.h>
#include <string.h>
#include <talloc.h>

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

static const char caught_by[] = "// Caught by:", abstains[] = "// Abstains:";

// The detectors named in `text`, "tsan, helgrind", behind `opening`. `place` is "file:line".
static const char **read_detectors(const struct loader *loader, const char *place,
                                   const char *opening, const char *text)
{
    size_t count = 0, known = list_count(loader->detectors);
    char *rest = talloc_strdup(loader->scratch, text);
    const char **named = talloc_zero_array(loader->course, const char *, (unsigned)known + 1);
    while (rest && named) {
        const char *name = next_part(&rest, ",");
        name += strspn(name, " \t");
        bool is_known = list_has(loader->detectors, name), again = list_has(named, name);
        if (!is_known)
            problem_set(loader->problem,
                        "%s: \"%s\" names \"%s\"; the detectors are %s, with a comma between them",
                        place, opening, name, list_join(loader->scratch, loader->detectors, ", "));
        else if (again)
            problem_set(loader->problem, "%s: \"%s\" names %s twice", place, opening, name);
        if (!is_known || again)
            return NULL;
        named[count++] = talloc_strdup(loader->course, name);
    }
    if (!named)
        out_of_memory(loader->problem);
    return named;
}

// The line after the reason: "// Caught by: ..." in a still-wrong answer, and only there; "//
// Abstains: ..." may be in others.
static bool read_second_line(const struct loader *loader, const char *place, const char *line,
                             bool wrong, struct answer *answer)
{
    const char *opening = wrong ? caught_by : abstains;
    const char *named = line ? text_after(line, opening) : NULL;
    if (wrong && !named)
        return problem_set(loader->problem,
                           "%s: \"// Caught by: \" must follow the reason here, with those of %s "
                           "that reject this answer on every run",
                           place, list_join(loader->scratch, loader->detectors, ", "));
    if (line && text_after(line, wrong ? abstains : caught_by))
        return problem_set(loader->problem,
                           "%s: \"// Caught by:\" belongs to still-wrong answers, \"// Abstains:\" "
                           "to those that are right",
                           place);
    const char **none = talloc_zero_array(loader->course, const char *, 1);
    const char **listed = named ? read_detectors(loader, place, opening, named) : none;
    answer->caught_by = wrong ? listed : none;
    answer->abstains = wrong ? none : listed;
    return none && listed;
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
        bool ends = !*line || text_after(*line, caught_by) || text_after(*line, abstains);
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
    char *text = file_read(loader->scratch, course->root, answer->path, COURSE_FILE_LIMIT, NULL,
                           loader->problem);
    return text && read_head(loader, text, wrong, answer);
}

static int compare_answers(const void *a, const void *b)
{
    return strcmp(((const struct answer *)a)->name, ((const struct answer *)b)->name);
}

// The answers in solutions/.../also-right or still-wrong; a folder that is not there holds none.
static bool load_folder(const struct loader *loader, const char *solution, bool wrong,
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

bool load_solution(const struct loader *loader, struct exercise *exercise)
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
    return true;
}

bool load_answers(const struct loader *loader, struct exercise *exercise)
{
    const char *solution = exercise->solution;
    return !solution || (load_folder(loader, solution, false, &exercise->also_right,
                                     &exercise->also_right_count) &&
                         load_folder(loader, solution, true, &exercise->still_wrong,
                                     &exercise->still_wrong_count));
}
