// Where the threads of a tree of processes stand at this moment, for people to read: as a debugger
// sees it, from outside. No verdict depends on it.
#pragma once

#include "debug_info.h"
#include "resident.h"

struct call_stack {
    int process;          // 0 for the first of the tree, then 1, ...
    int thread;           // 0 for the first of its process, the others in order of creation
    struct frame *frames; // innermost first; texts are talloc children of the list of stacks
    size_t count;
};

// The threads of all descendants of `root` but those that are a tool's: as many as `count` says, at
// most STACKS_MOST. They are stopped while they are looked at. What cannot be looked at (the kernel
// allows it only for processes that this one has started, and not everywhere) has no frames, or is
// left out. A talloc child of `context`.
//
// Not for programs that attack: what is read here, they wrote.
struct call_stack *stacks_below(const void *context, pid_t root, const struct overseer *overseer,
                                size_t *count);

enum { STACKS_MOST = 64 };
