// Reads the program's source for a person's sake: the line a report points at, and the expression
// under its caret. Knows a little of how C looks; nothing it says changes a verdict.
#pragma once

#include "finding.h"

// Line `line` (1-based) of `file`, which is relative to `root`; without its newline, tabs made
// spaces. A talloc child of `context`; NULL if it cannot be had.
char *source_line(const void *context, const char *root, const char *file, int line);

// The operand at `column` (1-based) of a line: clang points at the member's name in `c->value`, at
// the operator in `c->value++` and `*p = 1`. "c->value", "*p". NULL if there is none to see.
char *source_operand(const void *context, const char *line, int column);

// What is written at `column`: the same, but of a whole struct that is assigned, `a->row = row`,
// clang points at what is read, and the operand left of the "=" is meant.
char *source_target(const void *context, const char *line, int column);

// The first argument of the call that starts at `column`, without its address operator: "c->lock"
// for `pthread_mutex_lock(&c->lock)`. NULL if there is no call.
char *source_argument(const void *context, const char *line, int column);

// What the call at `column` reads of memory: its first argument, or the second where it copies that
// to the first.
char *source_text(const void *context, const char *line, int column);

// Whether the call at `column` is one of <stdatomic.h>.
bool source_is_atomic(const char *line, int column);

// The lock that the call at `column` takes: its first argument, or the second where it waits for a
// condition variable.
char *source_lock(const void *context, const char *line, int column);

// The object that the call at `column` makes or unmakes, as pthread_mutex_init does; NULL if it
// does neither.
char *source_made(const void *context, const char *line, int column);

// Whether a file, which is relative to `root`, declares a bit-field of that name, "unsigned lamp :
// 4;".
bool source_declares_bits(const char *root, const char *file, const char *name);

// Whether a name is a member's, "account->balance", and no element's.
bool source_is_member(const char *name);

// Where the member's own name begins in one; else all of it.
const char *source_member(const char *name);

// "tram->lamp" and "tram->door" as one, "tram->lamp, door"; `members` may be several already. A
// talloc child of `context`; NULL if they are not members of one structure, or nothing new.
char *source_members(const void *context, const char *members, const char *name);

// Names what the tool left without a name: the variable of a race, a lock, by what the source calls
// them. What is made is a talloc child of `context`.
void source_name(const void *context, const char *root, struct finding *finding);
