// One writer for each file of a graded class, one source file each. Called by class_output.c. Each
// puts its file in place whole or leaves the old one, returns false with `problem` filled if it
// cannot be written, and holds one student's texts in memory at most.
#pragma once

#include "cell.h"

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
