// Where a program's source says something of note, for a sentence about a verdict: where it prints, where
// it has assembly of its own, or reads and writes pipes by streams.
#pragma once

#include "build.h"

// The first call of printf, puts or the like in the program's own files, as "printf in counter.c:30"; a
// talloc child of `context`. NULL: none is seen.
const char *calls_printing(const void *context, const struct sources *sources);

// The same of OpenMP: "pragma omp in sum.c:3".
const char *calls_openmp(const void *context, const struct sources *sources);

// The same of assembly: "asm in lock.c:5".
const char *calls_assembly(const void *context, const struct sources *sources);

// The same of streams over pipes or sockets: "fdopen in hand_over.c:9".
const char *calls_streams(const void *context, const struct sources *sources);
