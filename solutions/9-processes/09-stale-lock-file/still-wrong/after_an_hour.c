// Still wrong: a towel that has lain there for an hour is forgotten. One that was forgotten a minute ago is not
// an hour old; and who sleeps on his chair for two finds somebody else on it.
// Caught by: native

#include "chair.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
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

static bool is_old(const char *chair)
{
    struct stat towel;
    return stat(chair, &towel) == 0 && time(NULL) - towel.st_mtime > 3600;
}

bool chair_reserve(const char *chair)
{
    if (is_old(chair))
        unlink(chair);
    return lay_towel(chair);
}

void chair_leave(const char *chair)
{
    unlink(chair);
}
