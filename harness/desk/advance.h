// How far the student is in the course, and what is said when an exercise is done.
#pragma once

#include "course/course.h"

#include <stdio.h>

struct advance {
    size_t done, count; // exercises
    const struct exercise
        *next; // the first that is not done behind the one asked about, or else from
               // the beginning; NULL: all are done
};

// `last` NULL: from the beginning.
struct advance advance_look(const struct course *course, const struct exercise *last);

// "[####------] 4 of 10 done", without a line's end.
void advance_show(FILE *out, const struct advance *advance);

// A bar of `width` columns, "[####------]"; a talloc child of `context`.
char *advance_bar(const void *context, size_t done, size_t count, size_t width);

// What there was to learn from `last`, how many are done, which is next; or that the course is.
void advance_tell(FILE *out, const struct course *course, const struct exercise *last);

// The exercise: what it is, what is to be done, in which file, and where it is told.
void advance_introduce(FILE *out, const struct course *course, const struct exercise *exercise);

// What is left to do for who has done all exercises.
void advance_end(FILE *out, const struct course *course);
