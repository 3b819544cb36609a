// Still wrong: a lock of this kind belongs to the open file, and is gone when that is closed.
// Caught by: native

#include "chair.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

// Whoever has locked the chair's file has the chair. The file itself says nothing: it is made by the
// first one who comes, and stays.

bool chair_reserve(const char *chair)
{
    int file = open(chair, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    bool locked = flock(file, LOCK_EX | LOCK_NB) == 0;
    close(file);
    return locked;
}

void chair_leave(const char *chair)
{
    (void)chair;
}
