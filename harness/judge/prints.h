// Where a program prints. Asked of one that prints too much.
#pragma once

#include "build.h"

// The first call of printf, puts or the like in the program's own files, as "printf in counter.c:30"; a
// talloc child of `context`. NULL: none is seen.
const char *prints_first(const void *context, const struct sources *sources);
