// The commands that a program is built with: what the harness runs, and what `--commands` prints.
// Knows clang's and objcopy's options; runs nothing.
#pragma once

#include "judge/detectors/detector.h"

// What to build. Borrowed for the length of the call.
struct sources {
    const char *root;         // the compiler runs here; paths in reports are relative to it
    const char *include;      // folder for #include "...", relative to root; NULL: none
    const char *const *files; // .c files, relative to root or absolute; NULL-terminated
    // The same for what the course adds to them, its driver, whose objects are kept from one build
    // to the next; NULL: nothing.
    const char *const *course;
    const char *scenes; // one more of the course's, for the recipes that have scenes; NULL: none
    const char *const *flags;     // what else the program's files are compiled with; NULL: nothing
    const char *const *libraries; // what else the program is linked with; NULL: nothing
};

// The course's files that are part of the program under `recipe`: a NULL-terminated list, a talloc
// child of `context` that borrows the names.
const char **compiler_course_files(const void *context, const struct recipe *recipe,
                                   const struct sources *sources);

// The options of objcopy for the object of one of these files; NULL: nothing is renamed in it.
// Scenes are left alone: the places that they hand to the program for its results are static
// variables.
const char *const *compiler_course_renames(const struct recipe *recipe,
                                           const struct sources *sources, const char *file);

// Each of these gives a command as a NULL-terminated list that can grow, a talloc child of
// `context`.

// Compiles one file alone: into the object `output`.
const char **compiler_compile(const void *context, const struct recipe *recipe,
                              const struct sources *sources, const char *file, const char *output);

// Writes the text that this very compilation sees after preprocessing.
const char **compiler_preprocess(const void *context, const struct recipe *recipe,
                                 const struct sources *sources, const char *file,
                                 const char *output);

// Writes the program in the compiler's intermediate language: what `recipe->intermediate` is for.
const char **compiler_intermediate(const void *context, const struct recipe *recipe,
                                   const struct sources *sources, const char *file,
                                   const char *output);

// Commands of the above, run one after the other: each if the one before did its work.
enum { LINES_MOST = 3 };
struct line_group {
    const char *const *lines[LINES_MOST + 1]; // NULL-terminated
    const char *into; // the file that what they write goes to; NULL: it is passed on
};

// Such groups as one command, on one start of the compiler (one_start/one_start.c), in which each
// line may take so many seconds of processor time. Each group is run if the one before did its
// work; for each that did and has a file of its own the command writes a dot. NULL where that
// cannot be done.
const char **compiler_one_start(const void *context, const struct recipe *recipe, int seconds,
                                const struct line_group *groups, size_t count);

// The setting of the environment with which the recipe's tools do that, or wait (ahead.h). A talloc
// child of `context`; NULL as above.
const char *compiler_preload(const void *context, const struct recipe *recipe);

// Renames sections of an object in its place.
const char **compiler_rename(const void *context, const char *const *options, const char *object);

// Links the objects with what the harness adds into the program `output`.
const char **compiler_link(const void *context, const struct recipe *recipe,
                           const char *const *objects, const char *output);

// The same without the compiler, which takes long to start: the linker itself. NULL if the compiler
// is not the one that the linker's arguments are known of, or a file that they name is gone.
const char **compiler_link_directly(const void *context, const struct recipe *recipe,
                                    const char *const *objects, const char *output);
