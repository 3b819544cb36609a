// Also right: a record lock (fcntl) belongs to the process, which is who has the chair. Its trap: closing
// any descriptor of the file gives it back.

#include "chair.h"

#include <fcntl.h>
#include <unistd.h>

// Whoever has locked the chair's file has the chair. The file itself says nothing: it is made by the
// first one who comes, and stays.

static int towel = -1; // the chair's file, open and locked; -1: none

bool chair_reserve(const char *chair)
{
    const struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET}; // from 0 to the end
    int file = open(chair, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    if (fcntl(file, F_SETLK, &all) != 0) {
        close(file);
        return false;
    }
    towel = file;
    return true;
}

void chair_leave(const char *chair)
{
    (void)chair;
    close(towel);
    towel = -1;
}
