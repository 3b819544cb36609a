// What became of a compiler or linker that did not do its work, and whose fault that is: the
// program's, or the toolchain's. Knows their words and how they end; nothing of exercises or
// verdicts.
#pragma once

#include "run/process.h"

// Seconds of processor time that a compiler has for a file of an exercise's or one that is
// inspected.
enum { COMPILER_SECONDS = 5 };

enum build_ending {
    BUILD_DONE,
    BUILD_REJECTED, // the compiler or linker found the program at fault
    BUILD_EXCEEDED, // the program takes more time, memory or room to compile than there is
    BUILD_CRASHED,  // the compiler crashed
    BUILD_FAILED,   // the toolchain failed otherwise: says nothing about the program
};

// Says what became of `tool`, which ended as `outcome` tells. `folder` is where it writes. `why` is
// then one line, a talloc child of `context` or a constant: the first complaint about the program,
// or what happened to the tool; NULL for BUILD_DONE.
enum build_ending complaint_read(const void *context, const char *tool, const char *folder,
                                 const struct outcome *outcome, const char **why);

// Whether a compiler's messages have an error in a line of the program, "FILE:LINE:COLUMN: error:",
// as opposed to the compiler's own, "clang: error:".
bool complaint_names_line(const char *messages);

// Whether a linker's messages say that the program has no main. What else they say is then about
// the harness, which would call it.
bool complaint_misses_main(const char *messages);

// Whether they begin with what clang says of itself when a signal came to it.
bool complaint_is_dump(const char *messages);
