// The memory a tree of processes takes at this moment, as /proc tells it.
#pragma once

#include <stddef.h>
#include <sys/types.h>

// Bytes of resident memory of all descendants of `root`, itself left out, and likewise forks of
// this program that have not executed anything yet; pages they share count for each. A process that
// ends meanwhile counts as nothing. 0 if the kernel does not list children (CONFIG_PROC_CHILDREN,
// in every distribution's kernel).
size_t resident_below(pid_t root);
