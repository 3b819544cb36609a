// The kit: the files that the program cannot do without. The course it was made with, the sources
// of the harness (which handouts hold) and the objects that are linked into judged programs. In a
// build tree they lie where CMake found and made them. Of an installed program they lie relative to
// the program itself, so that its prefix can be moved and need not be known when it is built.
#pragma once

#include "base/problem.h"

// Finds out where they are. Must be called before anything else of the harness, by programs that
// may be installed; all others are taken to be in their build tree.
void kit_open(void);

// Whether the program was installed.
bool kit_is_installed(void);

// The folder that holds exercises/, solutions/, harness/ and cmake/; absolute.
const char *kit_folder(void);

// The path of a file or folder in it, a talloc child of `context`.
const char *kit_path(const void *context, const char *name);

// Whether the kit is where it should be. If not, `problem` says what to do: the checkout was moved
// after it was built, say.
bool kit_check(struct problem *problem);
