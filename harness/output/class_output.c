// Writes all files of a graded class, and holds what its JSON writers share. Called by grading.

#include "class_output.h"

#include "base/files.h"
#include "plain.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <talloc.h>

struct draft *student_draft(const struct student *student, const char *out, const char *name,
                            struct problem *problem)
{
    char *path = talloc_asprintf(NULL, "students/%s/%s", student->id, name);
    struct draft *draft = draft_begin(NULL, out, path, problem);
    talloc_free(path);
    return draft;
}

bool write_document(const struct student *student, const char *out, const char *name,
                    json_t *document, struct problem *problem)
{
    struct draft *draft = student_draft(student, out, name, problem);
    int failed = 0;
    if (draft) {
        failed = json_dumpf(document, draft->out, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
        fputc('\n', draft->out);
    }
    json_decref(document);
    if (failed && !ferror(draft->out)) {
        talloc_free(draft);
        return problem_set(problem, "students/%s/%s: cannot be written as JSON", student->id, name);
    }
    return draft && draft_finish(draft, problem);
}

json_t *plain_json(const char *text)
{
    if (!text)
        return json_null();
    char *plain = plain_copy(NULL, text);
    json_t *value = json_string(plain);
    talloc_free(plain);
    return value;
}

json_t *points_json(double points)
{
    double rounded = plain_round(points);
    return rounded == floor(rounded) ? json_integer((json_int_t)rounded) : json_real(rounded);
}

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

bool write_student(const struct class *class, const struct student *student, const char *out,
                   struct problem *problem)
{
    return make_student_folder(student, out, problem) &&
           write_result(class, student, out, problem) &&
           write_feedback(class, student, out, problem) &&
           write_feedback_page(class, student, out, problem) &&
           write_gradescope(class, student, out, problem) &&
           write_classroom(class, student, out, problem);
}

bool write_class(const struct class *class, const char *out, struct problem *problem)
{
    if (!make_folder(out, NULL, problem))
        return false;
    for (size_t i = 0; i < class->count; i++)
        if (!write_student(class, &class->students[i], out, problem))
            return false;
    return write_ungradable(class, out, problem) && write_refused(class, out, problem) &&
           write_junit(class, out, problem) && write_grades(class, out, problem);
}
