// What the writers of a student's files share.
#include "student_file.h"

#include "plain.h"

#include <math.h>
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
