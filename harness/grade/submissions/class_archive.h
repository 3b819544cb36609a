// A class as services hand it out: one zip archive with an entry for each student. Called by
// submissions.c.
#pragma once

#include "base/problem.h"

// Unpacks the zip archive open in `file`, called `name` in messages, into a new folder that is
// removed with `context`, and opens that. Links and devices are left out, and so is what would lie
// elsewhere. -1 with `problem` filled if it cannot be read or holds more than a class can hand in.
int class_archive_open(const void *context, int file, const char *name, struct problem *problem);
