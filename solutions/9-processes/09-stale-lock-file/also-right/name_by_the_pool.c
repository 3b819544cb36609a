// Also right: no file at all. A socket can be bound to an abstract name (its first byte is 0), which only
// one can have at a time, and which ends with the process.

#include "chair.h"

#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int towel = -1; // a socket with the chair's name; -1: none

bool chair_reserve(const char *chair)
{
    struct sockaddr_un name = {.sun_family = AF_UNIX};
    size_t length = strlen(chair);
    if (length >= sizeof name.sun_path)
        return false;
    memcpy(name.sun_path + 1, chair, length); // behind a byte 0
    int mark = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + length);
    if (mark >= 0 && bind(mark, (const struct sockaddr *)&name, size) == 0) {
        towel = mark;
        return true;
    }
    close(mark);
    return false;
}

void chair_leave(const char *chair)
{
    (void)chair;
    close(towel);
    towel = -1;
}
