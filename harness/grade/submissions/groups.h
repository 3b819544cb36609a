// Folders that instructors sort a class into, such as "late" or "Section A": what is in them are
// students' entries, and they are nobody's themselves. Knows their names and what they hold.
#pragma once

#include "course/course.h"

#include <stdbool.h>

enum group {
    GROUP_EMPTY,    // it holds nothing that could be a student's
    GROUP_STUDENTS, // it holds students' folders and archives
    GROUP_WORK,     // it holds answers themselves: it may be one student's
};

// Whether a folder is called as such folders are.
bool group_is_named(const char *name);

// Whether a folder with these entries is one that Sakai makes for an assignment: it holds students'.
bool group_is_assignment(int folder, const char *const *names);

// What the names in such a folder, which is open, make of it.
enum group group_look(const struct course *course, int folder, const char *const *names);
