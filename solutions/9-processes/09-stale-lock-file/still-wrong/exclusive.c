// Still wrong: with O_EXCL, looking and making are one step, and only one of two gets the chair. But the towel
// of a guest who is gone stays for ever.
// Caught by: native

#include "chair.h"

#include <fcntl.h>
#include <unistd.h>

// There is a towel on the chair if its file is there.

static bool lay_towel(const char *chair)
{
    int towel = open(chair, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (towel < 0)
        return false;
    close(towel);
    return true;
}

bool chair_reserve(const char *chair)
{
    return lay_towel(chair);
}

void chair_leave(const char *chair)
{
    unlink(chair);
}
