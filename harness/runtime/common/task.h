// What the kernel tells in /proc about a task: a thread of this process, or the first one of
// another; for asleep.c and rest.c. (asleep_task_state is also for drivers: asleep.h.) Asked by raw
// system calls, so that no detector sees it.
#pragma once

#include <stdbool.h>

// Whether a thread of this process sleeps until another one of it wakes it: in a wait for a futex
// that has no time limit and that no other process shares. `*switches`: how often it was taken off
// the processor so far. Found twice with the same number, it slept all the time in between.
bool asleep_without_end(long number, unsigned long *switches);

// How /proc counts the calling thread; 0 if the kernel does not tell.
long asleep_own_number(void);
