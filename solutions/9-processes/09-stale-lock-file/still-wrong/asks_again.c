// Still wrong: who finds the chair taken asks again, for a second. He was to go.
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
    for (int tries = 0; flock(file, LOCK_EX | LOCK_NB) != 0; tries++) {
        if (tries == 20) {
            close(file);
            return false;
        }
        usleep(50000);
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
