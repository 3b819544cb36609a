// students/ID/result.json: all that is known of one student, for programs.
//
//   { "schema": "racelings/result/v1",
//     "student": { "id": "ada", "name": "Ada Lovelace" },
//     "message": null,                  or why the whole submission cannot be read
//     "sandbox": true,                  false: judged with --unsafe
//     "points": 17.5, "most": 30,       sums over what is known; ungradable ones are in neither
//     "late": null,                     or what the policy says, in words
//     "late_factor": 1,                 already in all points
//     "ungradable": 0, "refused": 1,    how many exercises
//     "exercises": [
//       { "exercise": "counter",
//         "title": "A counter that loses updates",
//         "standing": "failed",         missing, unusable, not started, passed, failed,
//                                       not allowed, refused, ungradable
//         "points": 0, "most": 10,      points null: not known (ungradable)
//         "message": null,              to the student
//         "remark": null,               what was odd about the files
//         "key": "...",                 of the files, the driver and the promises; null: not judged
//         "sandbox": true,              of this exercise's judgements; null: not judged
//         "refused": null,              or { "file": "counter.c", "line": 12, "reason": "...",
//                                         "tampering": true }; false: merely not allowed
//         "judgements": [ ... ],        each "racelings/judgement/v1", see json.c
//         "regrade": null } ] }         ungradable: the shell command that judges it once more

#include "student_file.h"
#include "writers.h"

#include <string.h>
#include <talloc.h>

// A copy with all texts made safe and without the texts that are meant for a person.
static json_t *plain_copy(const json_t *value)
{
    if (json_is_string(value))
        return plain_json(json_string_value(value));
    if (json_is_array(value)) {
        json_t *copy = json_array();
        for (size_t i = 0; i < json_array_size(value); i++)
            json_array_append_new(copy, plain_copy(json_array_get(value, i)));
        return copy;
    }
    if (!json_is_object(value))
        return value ? json_copy((json_t *)value) : json_null();
    json_t *copy = json_object(), *member;
    const char *key;
    json_object_foreach((json_t *)value, key,
                        member) if (strcmp(key, "story") != 0 && strcmp(key, "output") != 0)
        json_object_set_new(copy, key, plain_copy(member));
    return copy;
}

static json_t *command_json(const struct class *class, const struct student *student,
                            const struct cell *cell)
{
    if (cell->standing != STANDING_UNGRADABLE)
        return json_null();
    char *command = cell_command(NULL, class, student, cell);
    json_t *value = plain_json(command);
    talloc_free(command);
    return value;
}

static json_t *exercise_json(const struct class *class, const struct student *student,
                             const struct cell *cell)
{
    bool known = cell->standing != STANDING_UNGRADABLE;
    const json_t *judgements = json_object_get(cell->assessment, "judgements");
    json_t *object = json_object();
    json_object_set_new(object, "exercise", plain_json(cell->exercise->name));
    json_object_set_new(object, "title", plain_json(cell->exercise->title));
    json_object_set_new(object, "standing", json_string(standing_name(cell->standing)));
    json_object_set_new(object, "points", known ? points_json(cell->points) : json_null());
    json_object_set_new(object, "most", points_json(cell->most));
    json_object_set_new(object, "message", plain_json(cell->message));
    json_object_set_new(object, "remark", plain_json(cell->remark));
    for (const char *const *key = (const char *const[]){"key", "sandbox", "refused", NULL}; *key;
         key++)
        json_object_set_new(object, *key, plain_copy(json_object_get(cell->assessment, *key)));
    json_object_set_new(object, "judgements", judgements ? plain_copy(judgements) : json_array());
    json_object_set_new(object, "regrade", command_json(class, student, cell));
    return object;
}

bool write_result(const struct class *class, const struct student *student, const char *out,
                  struct problem *problem)
{
    json_t *object = json_object(), *who = json_object(), *exercises = json_array();
    json_object_set_new(who, "id", plain_json(student->id));
    json_object_set_new(who, "name", plain_json(student->name));
    for (size_t i = 0; i < class->exercise_count; i++)
        json_array_append_new(exercises, exercise_json(class, student, &student->cells[i]));
    json_object_set_new(object, "schema", json_string("racelings/result/v1"));
    json_object_set_new(object, "student", who);
    json_object_set_new(object, "message", plain_json(student->message));
    json_object_set_new(object, "sandbox", json_boolean(class->sandboxed));
    json_object_set_new(object, "points", points_json(student->points));
    json_object_set_new(object, "most", points_json(student->most));
    json_object_set_new(object, "late", plain_json(student->late));
    json_object_set_new(object, "late_factor", points_json(student->late_factor));
    json_object_set_new(object, "ungradable", json_integer((json_int_t)student->ungradable));
    json_object_set_new(object, "refused", json_integer((json_int_t)student->refused));
    json_object_set_new(object, "exercises", exercises);
    return write_document(student, out, "result.json", object, problem);
}
