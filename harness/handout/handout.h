// What students get, and what Gradescope gets: the course without its solutions. Gathered in memory
// first, so that whatever is wrong is found before anything is written. Knows which files belong to
// it; nothing of judging.
#pragma once

#include "course/course.h"

struct handout_file {
    const char *path; // below the handout's folder
    const char *bytes;
    size_t size;
    bool executable;
};

struct handout {
    struct handout_file *files;
    size_t count;
};

// The course with the exercises of `chosen` (NULL-terminated, in the order of the course), and for
// students their README.md, a workflow and a development container. A talloc child of `context`.
// NULL with `problem` filled if an exercise is not as it was handed out, or a file cannot be read.
struct handout *handout_for_students(const void *context, const struct course *course,
                                     const struct exercise *const *chosen, struct problem *problem);

// The chosen exercises alone, for the owner of an installed racelings to work on: marked as a copy,
// with a README.md.
struct handout *handout_to_work_on(const void *context, const struct course *course,
                                   const struct exercise *const *chosen, struct problem *problem);

// The course as for students, but below course/, and the two scripts that Gradescope calls.
struct handout *handout_for_gradescope(const void *context, const struct course *course,
                                       const struct exercise *const *chosen,
                                       struct problem *problem);

// Writes it to `folder`, an absolute path, whole or not at all. The folder must be empty or not be
// there; the one it lies in must be. Returns false with `problem` filled if that failed.
bool handout_write_folder(const struct handout *handout, const char *folder,
                          struct problem *problem);

// Writes it as a zip archive: whole or not at all. Returns false with `problem` filled if that
// failed.
bool handout_write_zip(const struct handout *handout, const char *file, struct problem *problem);
