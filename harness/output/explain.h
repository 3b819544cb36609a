// A verdict -> what a person reads: what happened, where, and where to read on.
#pragma once

#include "judge/judge.h"

#include <stdio.h>

// One line, "counter tsan      reported       data race on counter->value", or more where the reason is
// long, as wide as the terminal, at most 80 columns. `width` is that of the names' column: the longest of those that are
// listed one below the other (list_widest), 0 for a line that stands alone.
void explain_line(FILE *out, int width, const struct judgement *judgement);

// The whole story of a judgement that is not clean, likewise:
// each finding with its two accesses, their source lines with a caret, threads, locks, and what
// does not order them; or the first complaint of the compiler, or how the program ended and what it
// printed.
void explain_story(FILE *out, const struct judgement *judgement);

// The same without where to read on, and without the empty line at its end.
void explain_more(FILE *out, const struct judgement *judgement);

// That a result which is wrong for no race comes of steps that ought to be one.
void explain_steps_apart(FILE *out);

// What the compiler wrote.
void explain_warnings(FILE *out, const struct judgement *judgement);

// The program as `racelings replay` takes it: "counter --variant broken", or its files with the
// options that it was compiled with and its arguments; the schedule comes behind. A talloc child of
// `context`.
char *replay_name(const void *context, const struct subject *subject);
