// Also right: a lock, and the file goes with its owner. So whoever has locked a file must look whether
// that is still the one with the name.

#include "chair.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

// Whoever has locked the file that has the chair's name has the chair.

static int towel = -1; // the chair's file, open and locked; -1: none

static bool has_name(int file, const char *chair)
{
    struct stat own, named;
    return fstat(file, &own) == 0 && stat(chair, &named) == 0 && own.st_dev == named.st_dev &&
           own.st_ino == named.st_ino;
}

bool chair_reserve(const char *chair)
{
    for (;;) {
        int file = open(chair, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (file < 0)
            return false;
        if (flock(file, LOCK_EX | LOCK_NB) != 0) {
            close(file);
            return false;
        }
        if (has_name(file, chair)) {
            towel = file;
            return true;
        }
        close(file); // its owner has taken it along since it was opened
    }
}

void chair_leave(const char *chair)
{
    unlink(chair); // while it is locked: it is nobody else's
    close(towel);
    towel = -1;
}
