// What waits for the instructor, for a person: ungradable.txt (each exercise that a tool's failure
// kept from being graded, and the command that repeats it) and refused.txt (each refused one: who,
// what, where and why). A list without entries is removed.

#include "base/files.h"
#include "base/text.h"
#include "plain.h"
#include "writers.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <talloc.h>
#include <unistd.h>

enum { NAME_LIMIT = 80, REASON_LIMIT = 1000, COMMAND_LIMIT = 8000 };

struct list {
    const char *name;
    const char *head;
    enum standing standing; // of those that belong on it
    void (*put)(FILE *out, const struct class *class, const struct student *student,
                const struct cell *cell);
};

static void put_reason(FILE *out, const struct cell *cell)
{
    void *scratch = talloc_new(NULL);
    char *reason = plain_line(scratch, cell_reason(scratch, cell), REASON_LIMIT);
    fprintf(out, "    %s\n", text_wrap(scratch, reason, TEXT_WIDTH, 4));
    talloc_free(scratch);
}

static void put_who(FILE *out, const struct student *student, const struct cell *cell)
{
    char *name = plain_line(NULL, student->name, NAME_LIMIT);
    fprintf(out, "\n%s (%s), %s", student->id, name, cell->exercise->name);
    talloc_free(name);
}

static void put_ungradable(FILE *out, const struct class *class, const struct student *student,
                           const struct cell *cell)
{
    char *command = cell_command(NULL, class, student, cell);
    char *line = plain_line(command, command, COMMAND_LIMIT);
    put_who(out, student, cell);
    fputc('\n', out);
    put_reason(out, cell);
    fprintf(out, "    %s\n", line);
    talloc_free(command);
}

static void put_refused(FILE *out, const struct class *class, const struct student *student,
                        const struct cell *cell)
{
    (void)class;
    char *at = cell_refused_at(NULL, cell), *place = plain_line(at, at, NAME_LIMIT);
    put_who(out, student, cell);
    fprintf(out, "%s%s\n", at ? ", " : "", place);
    put_reason(out, cell);
    talloc_free(at ? at : place);
}

static size_t student_entries(const struct class *class, const struct student *student,
                              enum standing standing)
{
    size_t count = 0;
    for (size_t i = 0; i < class->exercise_count; i++)
        count += student->cells[i].standing == standing;
    return count;
}

static size_t entries(const struct class *class, enum standing standing)
{
    size_t count = 0;
    for (size_t i = 0; i < class->count; i++)
        count += student_entries(class, &class->students[i], standing);
    return count;
}

static void put_student(FILE *out, const struct class *class, struct student *student,
                        const struct list *list)
{
    class_open(class, student);
    for (size_t i = 0; i < class->exercise_count; i++)
        if (student->cells[i].standing == list->standing)
            list->put(out, class, student, &student->cells[i]);
    class_close(class, student);
}

static bool remove_list(const char *out, const char *name, struct problem *problem)
{
    char *path = path_join(NULL, out, name);
    int failed = unlink(path) && errno != ENOENT ? errno : 0;
    talloc_free(path);
    return !failed || problem_set(problem, "%s: has no more entries and cannot be removed: %s",
                                  name, strerror(failed));
}

static bool write_list(const struct class *class, const struct list *list, const char *out,
                       struct problem *problem)
{
    if (entries(class, list->standing) == 0)
        return remove_list(out, list->name, problem);
    struct draft *draft = draft_begin(NULL, out, list->name, problem);
    if (!draft)
        return false;
    fputs(list->head, draft->out);
    if (!class->sandboxed)
        fprintf(draft->out, "%s\n", UNSANDBOXED);
    for (size_t i = 0; i < class->count; i++)
        if (student_entries(class, &class->students[i], list->standing) > 0)
            put_student(draft->out, class, &class->students[i], list);
    return draft_finish(draft, problem);
}

bool write_ungradable(const struct class *class, const char *out, struct problem *problem)
{
    static const struct list list = {
        "ungradable.txt",
        "Not graded, because a tool failed, too few judges can follow the program, or it was\n"
        "not judged yet: no points are known, and none are counted. Each with the reason and\n"
        "the command that judges it.\n",
        STANDING_UNGRADABLE, put_ungradable};
    return write_list(class, &list, out, problem);
}

bool write_refused(const struct class *class, const char *out, struct problem *problem)
{
    static const struct list list = {
        "refused.txt",
        "Refused, because the files work against the judges: never run, 0 points.\n"
        "Look at each before you speak of cheating. What is merely not allowed is not here.\n",
        STANDING_REFUSED, put_refused};
    return write_list(class, &list, out, problem);
}
