// junit.xml: the class for tools that read JUnit's XML: a <testsuite> for each student, a
// <testcase> for each exercise.
//
//     passed                          nothing within
//     failed, unusable, not allowed, refused
//                                     <failure type="failed" message="...">stories</failure>
//     ungradable                      <error ...>: a tool's failure, not the student's
//     missing, not started            <skipped message="..."/>
//
// `time` is what the judges took. Whether there was a sandbox is a property of each suite.

#include "base/files.h"
#include "html.h"
#include "writers.h"

#include <talloc.h>

enum { NAME_LIMIT = 80, MESSAGE_LIMIT = 1000 };

enum result { RESULT_PASSED, RESULT_FAILURE, RESULT_ERROR, RESULT_SKIPPED, RESULT_COUNT };

static enum result result_of(enum standing standing)
{
    switch (standing) {
    case STANDING_PASSED: return RESULT_PASSED;
    case STANDING_UNGRADABLE: return RESULT_ERROR;
    case STANDING_MISSING:
    case STANDING_NOT_STARTED: return RESULT_SKIPPED;
    default: return RESULT_FAILURE;
    }
}

// What a suite, or all of them, come to.
struct sums {
    size_t tests, results[RESULT_COUNT];
    double seconds;
};

static void add_student(struct sums *sums, const struct class *class, const struct student *student)
{
    for (size_t i = 0; i < class->exercise_count; i++) {
        sums->tests++;
        sums->results[result_of(student->cells[i].standing)]++;
        sums->seconds += cell_seconds(&student->cells[i]);
    }
}

static void put_sums(FILE *out, const struct sums *sums)
{
    fprintf(out, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" time=\"%.3f\">\n",
            sums->tests, sums->results[RESULT_FAILURE], sums->results[RESULT_ERROR],
            sums->results[RESULT_SKIPPED], sums->seconds);
}

// The element that says why it did not pass.
static void put_why(FILE *out, const struct cell *cell)
{
    static const char *const elements[] = {
        [RESULT_FAILURE] = "failure", [RESULT_ERROR] = "error", [RESULT_SKIPPED] = "skipped"};
    enum result result = result_of(cell->standing);
    void *scratch = talloc_new(NULL);
    const char *message = html_line(scratch, cell_reason(scratch, cell), MESSAGE_LIMIT);
    const char *text = html_line(scratch, cell_message(scratch, cell), MESSAGE_LIMIT);
    if (result == RESULT_SKIPPED)
        fprintf(out, "      <skipped message=\"%s\"/>\n", message);
    else
        fprintf(out, "      <%s type=\"%s\" message=\"%s\">%s%s%s</%s>\n", elements[result],
                standing_name(cell->standing), message, text, *text ? "\n\n" : "",
                html_text(scratch, cell_stories(scratch, cell)), elements[result]);
    talloc_free(scratch);
}

static void put_case(FILE *out, const struct student *student, const struct cell *cell)
{
    char *name = html_line(NULL, cell->exercise->name, NAME_LIMIT);
    fprintf(out, "    <testcase classname=\"%s\" name=\"%s\" time=\"%.3f\"", student->id, name,
            cell_seconds(cell));
    if (cell->standing == STANDING_PASSED) {
        fputs("/>\n", out);
    } else {
        fputs(">\n", out);
        put_why(out, cell);
        fputs("    </testcase>\n", out);
    }
    talloc_free(name);
}

static void put_property(FILE *out, const char *name, const char *value)
{
    char *text = html_line(NULL, value, MESSAGE_LIMIT);
    fprintf(out, "      <property name=\"%s\" value=\"%s\"/>\n", name, text);
    talloc_free(text);
}

static void put_student(FILE *out, const struct class *class, const struct student *student)
{
    struct sums sums = {0};
    add_student(&sums, class, student);
    fprintf(out, "  <testsuite name=\"%s\"", student->id);
    put_sums(out, &sums);
    fputs("    <properties>\n", out);
    put_property(out, "student", student->name);
    put_property(out, "sandbox", class->sandboxed ? "true" : "false");
    if (student->late)
        put_property(out, "late", student->late);
    fputs("    </properties>\n", out);
    for (size_t i = 0; i < class->exercise_count; i++)
        put_case(out, student, &student->cells[i]);
    if (student->message || !class->sandboxed) {
        char *message = html_line(NULL, student->message, MESSAGE_LIMIT);
        fprintf(out, "    <system-err>%s%s%s</system-err>\n", class->sandboxed ? "" : UNSANDBOXED,
                class->sandboxed || !*message ? "" : "\n", message);
        talloc_free(message);
    }
    fputs("  </testsuite>\n", out);
}

bool write_junit(const struct class *class, const char *out, struct problem *problem)
{
    struct draft *draft = draft_begin(NULL, out, "junit.xml", problem);
    if (!draft)
        return false;
    struct sums sums = {0};
    for (size_t i = 0; i < class->count; i++) {
        class_open(class, &class->students[i]);
        add_student(&sums, class, &class->students[i]);
        class_close(class, &class->students[i]);
    }
    char *title = html_line(draft, class->title, NAME_LIMIT);
    fprintf(draft->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"%s\"",
            title);
    put_sums(draft->out, &sums);
    for (size_t i = 0; i < class->count; i++) {
        class_open(class, &class->students[i]);
        put_student(draft->out, class, &class->students[i]);
        class_close(class, &class->students[i]);
    }
    fputs("</testsuites>\n", draft->out);
    return draft_finish(draft, problem);
}
