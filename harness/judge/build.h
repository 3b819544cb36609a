// Builds one program for one detector: a single compiler command, compile and link together.
// Knows compilers and their complaints; nothing of exercises or verdicts.
#pragma once

#include "judge/detectors/detector.h"
#include "run/sandbox.h"

// What to compile. Borrowed for the length of the call.
struct sources {
    const char *root;         // the compiler runs here; paths in reports are relative to it
    const char *include;      // folder for #include "...", relative to root; NULL: none
    const char *const *files; // .c files, relative to root or absolute; NULL-terminated
};

enum build_ending {
    BUILD_DONE,
    BUILD_REJECTED, // the compiler or linker found the program at fault
    BUILD_FAILED,   // the toolchain failed: says nothing about the program
};

struct build {
    enum build_ending ending;
    const char *program;  // path of the executable
    const char *first;    // REJECTED, FAILED: the first complaint, one line; DONE: NULL
    const char *messages; // all that the compiler wrote
};

// The command that builds `sources` into `output`: a NULL-terminated argv, a talloc child of
// `context`.
const char *const *build_command(const void *context, const struct recipe *recipe,
                                 const struct sources *sources, const char *output);

// Runs that command, inside `sandbox` (NULL: none). `folder` is where the executable goes
// ("FOLDER/program"). Returns false with `problem` filled only when the harness itself failed;
// everything else is in `build`.
bool build_program(const void *context, const struct recipe *recipe, const struct sources *sources,
                   const char *folder, const struct sandbox *sandbox, struct build *build,
                   struct problem *problem);

// Whether a compiler's messages have an error in a line of the program, "FILE:LINE:COLUMN: error:",
// as opposed to the compiler's own, "clang: error:".
bool build_names_line(const char *messages);
