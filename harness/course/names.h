// What people call the exercises, chapters and tracks of a course.
#pragma once

#include "course.h"

// The exercise called `name` ("counter", or "01-counter", or its folder's path), or NULL with
// `problem` naming the closest names there are.
const struct exercise *course_find(const struct course *course, const char *name,
                                   struct problem *problem);

// The exercises that `names` (NULL-terminated) stand for, each the name of an exercise as above or
// of a chapter ("1-lost-updates" or "exercises/1-lost-updates/") or of a track of chapters
// ("threads"); all exercises if there are none.
// Each once and in the order of the course; a NULL-terminated talloc child of `context`. NULL with
// `problem` filled as by course_find.
const struct exercise **course_choose(const void *context, const struct course *course,
                                      const char *const *names, struct problem *problem);

// Of a course that was read as far as it goes: whether one of `names` is the exercise's that could
// not be read; and whether the names, or no names at all, stand for others and such a one.
bool course_names_unread(const struct unread *unread, const char *const *names);
bool course_misses(const struct course *course, const char *const *names);
