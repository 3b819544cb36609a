// Tools that wait ahead: compilers, linkers and what renames sections, which were started before
// there is anything for them to do, and have loaded their libraries. That takes longer than their
// work does on a small program. The desk has them wait while it waits for a save (desk/desk.c), some
// for each judge; only the time it takes is another. Each serves once.
#pragma once

#include "detectors/detector.h"

struct ahead;

// The tools of `judges` (NULL-terminated), for what is built in the folder `root`, which is
// borrowed; none waits yet. A talloc child of `context`, whose end is that of those that wait. NULL:
// none can be made to wait here.
struct ahead *ahead_new(const void *context, const struct detector *const *judges,
                        const char *root);

// Has those wait that do not. May be called while others use them.
void ahead_start(struct ahead *ahead);

// `ahead` if it has tools of `recipe`, else NULL, as for NULL.
struct ahead *ahead_for(struct ahead *ahead, const struct recipe *recipe);

// Has a tool of `recipe` that waits do what `command` is to do, which calls the tool itself or one
// start of the compiler (compiler_one_start), outside of any sandbox. False if there is none, or it
// is not known to have done it: then `command` is still to be run.
bool ahead_run(struct ahead *ahead, const void *context, const struct recipe *recipe,
               const struct command *command, struct outcome *outcome);
