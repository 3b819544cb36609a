// students/ID/gradescope.json: one student as Gradescope's results.json, a test for each exercise.
//
// An ungradable exercise has neither score nor status, which leaves it out of the sum; its name and
// output say so, it has the tag "ungradable", and it makes the output of the whole say that the
// score is not complete. The sum is also given at the top level, which Gradescope demands where a
// test lacks a score.

#include "plain.h"
#include "student_file.h"
#include "writers.h"

#include <math.h>
#include <talloc.h>

// What the student reads of one exercise: the message, then the stories.
static json_t *output_json(const struct cell *cell)
{
    void *scratch = talloc_new(NULL);
    const char *message = cell_message(scratch, cell), *stories = cell_stories(scratch, cell);
    json_t *output = plain_json(
        talloc_asprintf(scratch, "%s%s%s", message, *message && *stories ? "\n\n" : "", stories));
    talloc_free(scratch);
    return output;
}

static json_t *test_extra(const struct class *class, const struct student *student,
                          const struct cell *cell)
{
    json_t *extra = json_object();
    json_object_set_new(extra, "standing", json_string(standing_name(cell->standing)));
    if (cell->standing == STANDING_UNGRADABLE) {
        char *command = cell_command(NULL, class, student, cell);
        json_object_set_new(extra, "regrade", plain_json(command));
        talloc_free(command);
    }
    return extra;
}

static json_t *test_json(const struct class *class, const struct student *student,
                         const struct cell *cell)
{
    json_t *test = json_object();
    bool known = cell->standing != STANDING_UNGRADABLE;
    bool passed = cell->standing == STANDING_PASSED;
    char *name =
        talloc_asprintf(NULL, "%s: %s", cell->exercise->name, standing_name(cell->standing));
    if (known) {
        json_object_set_new(test, "score", points_json(cell->points));
        json_object_set_new(test, "status", json_string(passed ? "passed" : "failed"));
    } else {
        json_object_set_new(test, "tags", json_pack("[s]", standing_name(cell->standing)));
    }
    json_object_set_new(test, "max_score", points_json(cell->most));
    json_object_set_new(test, "name", plain_json(name));
    json_object_set_new(test, "name_format", json_string("text"));
    json_object_set_new(test, "output", output_json(cell));
    json_object_set_new(test, "output_format", json_string("text"));
    json_object_set_new(test, "visibility", json_string("visible"));
    json_object_set_new(test, "extra_data", test_extra(class, student, cell));
    talloc_free(name);
    return test;
}

// What is to be said of the submission as a whole.
static json_t *summary_json(const struct class *class, const struct student *student)
{
    char *points = plain_number(NULL, student->points);
    char *text =
        talloc_asprintf(points, "%s of %s points.\n", points, plain_number(points, student->most));
    if (student->ungradable)
        text = talloc_asprintf_append(text,
                                      "NOT COMPLETE: %zu exercise%s could not be graded, because a "
                                      "tool of ours failed, and %s not counted.\n",
                                      student->ungradable, student->ungradable == 1 ? "" : "s",
                                      student->ungradable == 1 ? "is" : "are");
    if (student->late)
        text = talloc_asprintf_append(text, "Late: %s\n", student->late);
    if (student->message)
        text = talloc_asprintf_append(text, "%s\n", student->message);
    if (!class->sandboxed)
        text = talloc_asprintf_append(text, "%s\n", UNSANDBOXED);
    json_t *summary = plain_json(text);
    talloc_free(points);
    return summary;
}

bool write_gradescope(const struct class *class, const struct student *student, const char *out,
                      struct problem *problem)
{
    json_t *object = json_object(), *tests = json_array();
    double seconds = 0;
    for (size_t i = 0; i < class->exercise_count; i++) {
        json_array_append_new(tests, test_json(class, student, &student->cells[i]));
        seconds += cell_seconds(&student->cells[i]);
    }
    json_object_set_new(object, "score", points_json(student->points));
    json_object_set_new(object, "execution_time", json_real(round(seconds * 1000) / 1000));
    json_object_set_new(object, "output", summary_json(class, student));
    json_object_set_new(object, "output_format", json_string("text"));
    json_object_set_new(object, "stdout_visibility", json_string("hidden"));
    json_object_set_new(object, "extra_data",
                        json_pack("{sb si si}", "sandbox", class->sandboxed, "ungradable",
                                  (int)student->ungradable, "refused", (int)student->refused));
    json_object_set_new(object, "tests", tests);
    return write_document(student, out, "gradescope.json", object, problem);
}
