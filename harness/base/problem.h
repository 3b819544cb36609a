// How a function of the harness says what went wrong: one or two sentences for a person, saying
// what happened, where, and what to do next. Functions that can fail return false and fill a
// problem.
#pragma once

#include <stdbool.h>

struct problem {
    char text[2048]; // always terminated; cut short rather than overrun
};

// Fills `problem` (may be NULL) as printf would. Returns false, always, so that a failing function
// can end with `return problem_set(problem, ...)`.
bool problem_set(struct problem *problem, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
