// Still wrong: asks whether there is a lock, and then locks, and does not look at what came of it: another
// guest may have come between.
// Caught by: native

#include "chair.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

// Whoever has locked the chair's file has the chair. The file itself says nothing: it is made by the
// first one who comes, and stays.

static int towel = -1; // the chair's file, open and locked; -1: none

bool chair_reserve(const char *chair)
{
    int file = open(chair, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(file, F_GETLK, &lock) != 0 || lock.l_type != F_UNLCK) {
        close(file);
        return false;
    }
    lock = (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET};
    fcntl(file, F_SETLK, &lock);
    towel = file;
    return true;
}

void chair_leave(const char *chair)
{
    (void)chair;
    close(towel);
    towel = -1;
}
