// A temporary folder for one judgement, and the environment its programs get.
#pragma once

#include "base/problem.h"

// Makes an empty folder below $TMPDIR (or /tmp). Returns its path, a talloc child of `context`; the
// folder goes, with all that is in it, when that string is freed. NULL with `problem` filled if
// none can be made there.
const char *workspace_new(const void *context, struct problem *problem);

// From now on workspace_new makes its folders below one of their own, named after `key` (letters
// and digits), which workspace_leave_home removes. What earlier programs with the same key left
// there, because they were killed, goes now; those that still run are told by a lock, and are left
// alone. Returns false with `problem` filled if that folder cannot be made.
bool workspace_home(const char *key, struct problem *problem);
void workspace_leave_home(void);

// The same in `parent`, for what is to be renamed into its place there when it is whole.
const char *workspace_in(const void *context, const char *parent, struct problem *problem);

// The environment of everything that runs in `folder`: the search path and no more of the caller's,
// so that neither a CPATH nor a VALGRIND_OPTS set by chance changes a verdict. A list that can
// grow.
const char **workspace_environment(const void *context, const char *folder);

// Removes all folders there are. For a program that is about to be ended by a signal.
void workspace_remove_all(void);

// Whether that has begun: what was judged meanwhile, in folders that vanished, is worth nothing.
bool workspace_is_going(void);
