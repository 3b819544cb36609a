// The starting programs: the files of each exercise as they were handed out, for a student who
// wants to begin anew. Whatever is found is compared with `start` of exercise.json before it is
// used.
#pragma once

#include "course.h"

// Where handouts and copies of the course hold them, and the exercises' other code:
// STARTS_FOLDER/exercises/...
#define STARTS_FOLDER ".start"

// Keeps the files of every exercise that is untouched, below .racelings/, unless they are there.
// What cannot be kept is left.
void starts_keep(const struct course *course);

// Puts the starting program in the place of the student's files, each of which is kept beside its
// place as "counter.c.1.mine", or with the next number that is free. Adds the names of those to
// `kept` (list_new). Returns false with `problem` filled if that failed: no file was lost.
bool starts_restore(const struct course *course, const struct exercise *exercise,
                    const char ***kept, struct problem *problem);
