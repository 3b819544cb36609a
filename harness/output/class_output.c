// Writes all files of a graded class. Called by commands/grade.c.

#include "class_output.h"

#include "base/files.h"
#include "writers.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

static bool make_folder(const char *out, const char *name, struct problem *problem)
{
    char *path = name ? path_join(NULL, out, name) : talloc_strdup(NULL, out);
    struct stat status;
    int failed = mkdir(path, 0777) ? errno : 0;
    if (failed == EEXIST && stat(path, &status) == 0)
        failed = S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
    talloc_free(path);
    return !failed || problem_set(problem, "%s: the folder cannot be made: %s", name ? name : out,
                                  strerror(failed));
}

static bool make_student_folder(const struct student *student, const char *out,
                                struct problem *problem)
{
    char *name = talloc_asprintf(NULL, "students/%s", student->id);
    bool made = make_folder(out, NULL, problem) && make_folder(out, "students", problem) &&
                make_folder(out, name, problem);
    talloc_free(name);
    return made;
}

// One student's files: out/students/ID/..., with the folders.
static bool write_student(const struct class *class, const struct student *student, const char *out,
                          struct problem *problem)
{
    return make_student_folder(student, out, problem) &&
           write_result(class, student, out, problem) &&
           write_feedback(class, student, out, problem) &&
           write_feedback_page(class, student, out, problem) &&
           write_gradescope(class, student, out, problem) &&
           write_classroom(class, student, out, problem);
}

// One student after the other: equal judgements are one piece of memory for all who handed them in,
// and talloc must not be used on one by two threads.
static bool write_students(const struct class *class, const char *out, struct problem *problem)
{
    bool written = true;
    for (size_t i = 0; i < class->count && written; i++) {
        struct student *student = &class->students[i];
        if (student->spared)
            continue;
        class_open(class, student);
        written = write_student(class, student, out, problem);
        class_close(class, student);
    }
    return written;
}

bool write_class(const struct class *class, const char *out, struct problem *problem)
{
    return make_folder(out, NULL, problem) && write_students(class, out, problem) &&
           write_ungradable(class, out, problem) && write_refused(class, out, problem) &&
           write_junit(class, out, problem) && write_grades(class, out, problem);
}
