// What the writers of a student's files (writers.h) share.
#pragma once

#include "base/files.h"
#include "grade/class.h"

#include <jansson.h>

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
