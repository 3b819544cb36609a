// Files that are not called as the course asks, but can be meant by it: "Counter.c", "counter
// (1).c", "counter.c.txt", "smith_counter.c". Knows names alone.
#pragma once

#include "course/course.h"

// The edit file of the course that a file of this name (without folders) stands for under another
// name; NULL: it stands for none, or bears the right name. Of several the one of which the most is
// in the name.
const char *misnamed_meaning(const struct course *course, const char *name);

// Whether a file of this name can be C source at all; else it is only told of.
bool misnamed_is_source(const char *name);
