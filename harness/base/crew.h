// Some threads that do the same work.
#pragma once

#include <stddef.h>

// Calls work(argument) on this thread and on as many others as make `workers` in all, but not on
// more than there are `tasks`; returns when all of them have returned. `work` takes its tasks, and
// guards them, itself. This thread alone is enough: where no other can be started, it does all.
void crew_run(int workers, size_t tasks, void *(*work)(void *argument), void *argument);

// How many processors there are to run on: at least one.
int crew_processors(void);
