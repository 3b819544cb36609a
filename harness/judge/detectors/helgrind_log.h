// What valgrind writes to its log when the runtime asks it for all threads
// (runtime/helgrind/threads_told.c). Asked by helgrind.c.
#pragma once

#include "run/stacks.h"

// The threads' stacks that `log` tells of, as many as `count` says: without the frames of
// valgrind's own and of the runtime's. A talloc child of `context`.
struct call_stack *helgrind_log_stacks(const void *context, const char *log, size_t *count);
