// Waits for changes below a folder. It looks again and again: the kernel tells nothing of what
// another machine writes to NFS.
#pragma once

#include <stdbool.h>

// Calls judge(argument) now, and again whenever something below `folder` has changed and came to
// rest; and after a while once more if it returned false. Runs until the program is ended.
_Noreturn void grade_watch(const char *folder, bool (*judge)(void *argument), void *argument);
