// The files that a graded class is written into; FORMATS.md describes each. Writers only write:
// they decide nothing. Each puts its file in place whole or leaves the old one, returns false with
// `problem` filled if it cannot be written, and holds one student's texts in memory at most.
#pragma once

#include "cell.h"

// All files of the class below the folder `out`, which is made if it is missing (its parent must
// be there). The files of the class come last: where they are new, so are those of its students.
bool write_class(const struct class *class, const char *out, struct problem *problem);

// One student's files: out/students/ID/..., with the folders.
bool write_student(const struct class *class, const struct student *student, const char *out,
                   struct problem *problem);

// One file of a student each. The folder out/students/ID is there already.
bool write_result(const struct class *class, const struct student *student, const char *out,
                  struct problem *problem); // result.json
bool write_feedback(const struct class *class, const struct student *student, const char *out,
                    struct problem *problem); // feedback.txt
bool write_feedback_page(const struct class *class, const struct student *student, const char *out,
                         struct problem *problem); // feedback.html
bool write_gradescope(const struct class *class, const struct student *student, const char *out,
                      struct problem *problem); // gradescope.json
bool write_classroom(const struct class *class, const struct student *student, const char *out,
                     struct problem *problem); // classroom.json

// One file of the class each, in out.
bool write_grades(const struct class *class, const char *out, struct problem *problem);
bool write_junit(const struct class *class, const char *out, struct problem *problem);

// ungradable.txt and refused.txt. Each is removed where it would be empty: that it exists says that
// there is something to do.
bool write_ungradable(const struct class *class, const char *out, struct problem *problem);
bool write_refused(const struct class *class, const char *out, struct problem *problem);

// ---- What the writers share ----

// Begins out/students/ID/name; see draft_begin.
struct draft *student_draft(const struct student *student, const char *out, const char *name,
                            struct problem *problem);

// `document` as the student's file `name`, indented. Takes over the reference.
bool write_document(const struct student *student, const char *out, const char *name,
                    json_t *document, struct problem *problem);

// Made safe as in plain.h; JSON escapes control characters, but not all, and whoever prints the
// text has them back. NULL gives null.
json_t *plain_json(const char *text);

// Points in JSON: at most 2 decimals, whole numbers without a point.
json_t *points_json(double points);
