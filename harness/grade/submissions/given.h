// The course's own files beside those to edit: drivers, headers, scenes. Grading uses the course's,
// whatever a student made of a copy; who changed one is told. Knows the originals; choose.c
// asks.
#pragma once

#include "course/course.h"

#include <stddef.h>

struct given;

// Reads the originals; a talloc child of `context`. One that cannot be read is taken for none.
struct given *given_new(const void *context, const struct course *course);

// Whether some exercise has a file of this name (without folders) that is not to be edited.
bool given_has(const struct given *given, const char *name);

enum given_copy {
    GIVEN_NONE,    // the exercise has no such file
    GIVEN_SAME,    // as handed out, but perhaps for its line ends
    GIVEN_CHANGED, // with other contents
};

// How a copy of the exercise's file `name` compares with the original.
enum given_copy given_compare(const struct given *given, const struct exercise *exercise,
                              const char *name, const char *bytes, size_t size);
