// Makes the subjects of judgements: which files, in which variant, with which arguments.
#pragma once

#include "course/course.h"
#include "judge.h"

// The sources of an exercise below `root`, with its editable files from `edit_folder` (relative to
// the root), or its only one in `edit_file` (the same, or absolute) where that is not NULL. The
// lists are talloc children of `context`.
struct sources subject_sources(const void *context, const struct exercise *exercise,
                               const char *root, const char *edit_folder, const char *edit_file);

// An exercise with the student's files ("yours", "broken") or the solution's ("fixed"). A talloc
// child of `context`; NULL with `problem` filled if there is no solution to judge.
struct subject *subject_variant(const void *context, const struct course *course,
                                const struct exercise *exercise, const char *variant,
                                struct problem *problem);

// An exercise with `file` (relative to the current folder, or absolute) in the place of its one
// editable file. NULL with `problem` filled if it is not a C source or the exercise has several
// files to edit.
struct subject *subject_answer(const void *context, const struct course *course,
                               const struct exercise *exercise, const char *file,
                               struct problem *problem);

// A program of one's own: `files` (relative to the current folder, or absolute) and its arguments.
// NULL with `problem` filled if one is not a C source that can be read.
struct subject *subject_program(const void *context, const char *const *files,
                                const char *const *arguments, struct problem *problem);
