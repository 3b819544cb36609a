// Still wrong: the towel has the number of its owner on it, and is taken away when there is no such
// process. Two find it: one takes it away and lays his own, and that is what the other one takes away.
// Caught by: native

#include "chair.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// There is a towel on the chair if its file is there; on it is the number of its owner's process.

static bool lay_towel(const char *chair)
{
    int towel = open(chair, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (towel < 0)
        return false;
    bool written = dprintf(towel, "%ld\n", (long)getpid()) > 0;
    close(towel);
    return written;
}

// Whether there is a towel of somebody who is gone.
static bool is_forgotten(const char *chair)
{
    char text[32] = "";
    int towel = open(chair, O_RDONLY);
    if (towel < 0)
        return false;
    long size = read(towel, text, sizeof text - 1);
    close(towel);
    long owner = atol(text);
    return size > 0 && owner > 0 && kill((pid_t)owner, 0) != 0 && errno == ESRCH;
}

bool chair_reserve(const char *chair)
{
    if (lay_towel(chair))
        return true;
    if (!is_forgotten(chair))
        return false;
    unlink(chair);
    return lay_towel(chair);
}

void chair_leave(const char *chair)
{
    unlink(chair);
}
