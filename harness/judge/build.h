// Builds one program for one detector in two steps, between which what was compiled can be looked
// at:
//
//     build_compile   the program's own files, each alone, from source to object; where they will be
//                     inspected also to text, as the preprocessor leaves it, and for one of the
//                     judges to the compiler's intermediate language
//                     build_compile_all does so for several judges on one start of the compiler
//     (inspection)    of these very objects and texts: grade/tamper
//     build_link      those objects, the course's and the harness's own become the program
//
// The course's own files are compiled once and kept (object_cache.h). Knows files and steps;
// nothing of exercises or verdicts.
#pragma once

#include "ahead.h"
#include "compiler.h"
#include "complaint.h"
#include "run/sandbox.h"

struct build {
    enum build_ending ending; // of all so far
    const char *first;        // the first complaint, one line; DONE: NULL
    const char *messages;     // all that the compiler and the linker wrote
    const struct recipe *recipe;
    const struct sources *sources;
    struct ahead *ahead; // tools that may do it; NULL: none. Set before the first step
    bool inspected;      // see build_compile
    bool compiled;       // build_compile has had its turn
    const char *folder;  // holds the course's objects
    const char *made;    // in it, what is made of the program's own files: N.o, N.i, N.ll
    const char *program; // the executable, once it is linked
    double seconds;      // what compiling took
};

// Begins a build, with a temporary folder of its own. A talloc child of `context`, which owns all
// that comes of it and goes with the folder; borrows the others. NULL with `problem` filled.
struct build *build_new(const void *context, const struct recipe *recipe,
                        const struct sources *sources, struct problem *problem);

// Where the object (the text, the intermediate language: see struct recipe) of
// sources->files[number] is. Talloc children of `build`.
const char *build_object(const struct build *build, size_t number);
const char *build_text(const struct build *build, size_t number);
const char *build_intermediate(const struct build *build, size_t number);

// The steps, inside `sandbox` (NULL: none). Return false with `problem` filled only when the
// harness itself failed; everything else is in `build`.
//
// Compiles; `inspected`: with the texts. There, and where the program is an answer to an exercise,
// each command is allowed COMPILER_SECONDS.
bool build_compile(struct build *build, bool inspected, const struct sandbox *sandbox,
                   struct problem *problem);

// The same for several builds of one program, one after the other: on one start of the compiler, up
// to the first for which it does not do its work. From there on each has a start of its own. With
// `inspected`, those behind one that passes a limit are not tried: they end as that one does.
bool build_compile_all(struct build *const *builds, size_t count, bool inspected,
                       const struct sandbox *sandbox, struct problem *problem);

// Makes what was compiled without `inspected` as if it had been compiled with, in the same few
// seconds.
bool build_add_texts(struct build *build, const struct sandbox *sandbox, struct problem *problem);

// What the preprocessor makes of `text`, as if it were one of the files, with the same limits as
// where it is inspected. A talloc child of `context`; NULL if the compiler rejects it, or with
// `problem` filled.
char *build_preprocess(const void *context, struct build *build, const char *text,
                       const struct sandbox *sandbox, struct problem *problem);

// Links, if all was compiled, into "FOLDER/program".
bool build_link(struct build *build, const char *folder, const struct sandbox *sandbox,
                struct problem *problem);

// The same as commands for a shell, with all files in `folder`. A list that can grow, a talloc
// child of `context`.
const char **build_by_hand(const void *context, const struct recipe *recipe,
                           const struct sources *sources, const char *folder);
