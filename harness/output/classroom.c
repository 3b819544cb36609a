// students/ID/classroom.json: one student as "classroom50/result/v1", the result that the successor
// of GitHub Classroom collects.
//
// What only that service knows (classroom, assignment, submission, commit, release, review) is
// empty here; FORMATS.md says how its runner fills it in. The format's scores are whole numbers:
// points are rounded, halves up, and stand unrounded beside them. An ungradable exercise counts 0
// of 0.

#include "plain.h"
#include "student_file.h"
#include "writers.h"

#include <math.h>
#include <time.h>

// Points as the format wants them.
static json_int_t whole(double points)
{
    return (json_int_t)floor(points + 0.5);
}

static json_t *now_json(void)
{
    char text[sizeof "2026-01-31T23:59:59Z"];
    time_t now = time(NULL);
    struct tm parts;
    gmtime_r(&now, &parts);
    return strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) ? json_string(text)
                                                                     : json_string("");
}

static json_t *test_json(const struct class *class, const struct cell *cell)
{
    bool known = cell->standing != STANDING_UNGRADABLE;
    json_t *test = json_object();
    json_object_set_new(test, "test-name", plain_json(cell->exercise->name));
    json_object_set_new(test, "passed", json_boolean(cell->standing == STANDING_PASSED));
    json_object_set_new(test, "score", json_integer(known ? whole(cell->points) : 0));
    json_object_set_new(test, "max-score", json_integer(known ? whole(cell->most) : 0));
    json_object_set_new(test, "standing", json_string(standing_name(cell->standing)));
    json_object_set_new(test, "points", known ? points_json(cell->points) : json_null());
    json_object_set_new(test, "sandbox", json_boolean(class->sandboxed));
    return test;
}

bool write_classroom(const struct class *class, const struct student *student, const char *out,
                     struct problem *problem)
{
    static const char *const unknown[] = {"classroom", "assignment", "submission", "commit",
                                          "release",   "review",     NULL};
    json_t *object = json_object(), *tests = json_array();
    json_int_t score = 0, most = 0; // the format's are the sums of the whole numbers
    for (size_t i = 0; i < class->exercise_count; i++) {
        json_t *test = test_json(class, &student->cells[i]);
        score += json_integer_value(json_object_get(test, "score"));
        most += json_integer_value(json_object_get(test, "max-score"));
        json_array_append_new(tests, test);
    }
    json_object_set_new(object, "schema", json_string("classroom50/result/v1"));
    for (size_t i = 0; unknown[i]; i++)
        json_object_set_new(object, unknown[i], json_string(""));
    json_object_set_new(object, "datetime", now_json());
    json_object_set_new(object, "score", json_integer(score));
    json_object_set_new(object, "max-score", json_integer(most));
    json_object_set_new(object, "tests", tests);
    return write_document(student, out, "classroom.json", object, problem);
}
