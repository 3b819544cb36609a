// The folder that `racelings grade` writes to: told from others by a mark, and, as far as its file
// system has locks, written to by one grading at a time. The parts of a grading share it without a
// lock: what they write, and how, is in grade/kept.h.
#pragma once

#include "base/problem.h"

// Makes the folder, or goes on in one of ours, and gives temporary folders a home of their own.
// Unless it is `shared` its lock is held until the program ends. Returns false with `problem`
// filled if the folder cannot be made, holds something else, which could be overwritten, or is
// another grading's.
bool grade_folder_open(const char *out, bool shared, struct problem *problem);
