// Still wrong: lays the towel, with a number on it, and looks again whose it is. Both have laid theirs by then, and
// each has looked in time.
// Caught by: native

#include "chair.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// There is a towel on the chair if its file is there; on it is the number of its owner's process.

static bool lay_towel(const char *chair)
{
    int towel = open(chair, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (towel < 0)
        return false;
    bool written = dprintf(towel, "%ld\n", (long)getpid()) > 0;
    close(towel);
    return written;
}

static bool is_mine(const char *chair)
{
    char text[32] = "";
    int towel = open(chair, O_RDONLY);
    if (towel < 0)
        return false;
    long size = read(towel, text, sizeof text - 1);
    close(towel);
    return size > 0 && atol(text) == getpid();
}

bool chair_reserve(const char *chair)
{
    return access(chair, F_OK) != 0 && lay_towel(chair) && is_mine(chair);
}

void chair_leave(const char *chair)
{
    unlink(chair);
}
