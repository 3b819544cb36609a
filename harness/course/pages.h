// What the README.md of an exercise and that of its solution say, in pieces: the task, the hints,
// what there was to learn. Called by the commands that talk with a student.
#pragma once

#include "course.h"

// The exercise's page, "exercises/1-lost-updates/01-counter/README.md"; a talloc child of
// `context`.
char *page_path(const void *context, const struct exercise *exercise);

// Its text; NULL with `problem` filled if it cannot be read.
char *page_read(const void *context, const struct course *course, const struct exercise *exercise,
                struct problem *problem);

// How many hints a page has, and hint `number` (1-based) without its heading: a talloc child of
// `context`, NULL if there are not that many.
int page_hint_count(const char *page);
char *page_hint(const void *context, const char *page, int number);

// The first sentence of the task, on one line; a talloc child of `context`, NULL if there is none.
char *page_task(const void *context, const char *page);

// The page, or a piece of it, for lines of `width` columns: prose and items of lists are wrapped anew
// where they are narrower than TEXT_WIDTH, to which pages are written; headings, tables and code stay
// as they are. A talloc child of `context`.
char *page_fit(const void *context, const char *text, size_t width);

// The folder of the exercise's solution, an absolute path and a talloc child of `context`: the
// course's own, or that of the course the program was made with, if it is the same exercise. NULL:
// there are none, as in a handout.
char *solution_folder(const void *context, const struct course *course,
                      const struct exercise *exercise);

// The solution's page; NULL with `problem` filled if there is none, or it cannot be read.
char *solution_read(const void *context, const struct course *course,
                    const struct exercise *exercise, struct problem *problem);

// What a solution's page says that orders the accesses now: as many whole sentences as make two or
// three lines, as one. NULL if it has no such section.
char *solution_learned(const void *context, const char *page);
