// What one student's standing in one exercise says in words. All texts are as hostile as what they
// were made from: each format makes them safe in its own way.
#pragma once

#include "grade/class.h"

// Said by every output when class->sandboxed is false.
#define UNSANDBOXED "Judged without a sandbox (--unsafe): the code could have done anything."

// The judgements of a cell that found something to mend, one after the other (a tool's failure is
// nothing to mend): returns the first from *index on, which moves past it; NULL: no more. Those
// that say nothing which an earlier one does not say are left out.
const json_t *cell_next_failure(const struct cell *cell, size_t *index);

// "The same is found by tsan and helgrind.": those that were left out for this one; "" if none
// were, or no judge could begin. A talloc child of `context`.
char *cell_agreement(const void *context, const struct cell *cell, const json_t *failure);

// Whether there is more to say to the student than standing and points, and what student->message
// says already.
bool cell_has_more(const struct student *student, const struct cell *cell);

// A text in an object, NULL where there is none.
const char *json_text(const json_t *object, const char *key);

// What the student should know, besides the stories: one or a few sentences; "" if there is nothing
// to say. A talloc child of `context`.
char *cell_message(const void *context, const struct cell *cell);

// Why it did not pass, for lists, in one sentence ("tsan: ThreadSanitizer reports ..."); "" if it
// did.
char *cell_reason(const void *context, const struct cell *cell);

// The stories of all judgements that found something to mend, a blank line between them; "" if
// there are none.
char *cell_stories(const void *context, const struct cell *cell);

// Where the refused passage is: "counter.c:12", or "counter.c"; NULL if nothing was refused.
char *cell_refused_at(const void *context, const struct cell *cell);

// Points as people read them: "7.5 of 10", or "not counted" where none are known.
char *cell_points(const void *context, const struct cell *cell);

// How long its judges took, in seconds.
double cell_seconds(const struct cell *cell);

// The shell command that judges the cell once more.
char *cell_command(const void *context, const struct class *class, const struct student *student,
                   const struct cell *cell);
