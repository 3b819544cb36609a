// Still wrong: opens the file once, and closes it when leaving. Who comes again has a number that stands for no file,
// or for another one.
// Caught by: native, tsan, helgrind

#include "chair.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

// Whoever has locked the chair's file has the chair. The file itself says nothing: it is made by the
// first one who comes, and stays.

static int towel = -1; // the chair's file, open; -1: not yet

bool chair_reserve(const char *chair)
{
    if (towel < 0)
        towel = open(chair, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    return towel >= 0 && flock(towel, LOCK_EX | LOCK_NB) == 0;
}

void chair_leave(const char *chair)
{
    (void)chair;
    close(towel);
}
