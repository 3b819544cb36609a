// Also right: a lock of the third kind: a record lock that belongs to the open file. Closing another descriptor
// does not give it back.

#define _GNU_SOURCE
#include "chair.h"

#include <fcntl.h>
#include <unistd.h>

static int lease = -1;

bool chair_reserve(const char *chair)
{
    if (lease < 0)
        lease = open(chair, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (lease >= 0 && fcntl(lease, F_OFD_SETLK, &whole) == 0)
        return true;
    if (lease >= 0)
        close(lease);
    lease = -1;
    return false;
}

void chair_leave(const char *chair)
{
    (void)chair;
    struct flock whole = {.l_type = F_UNLCK, .l_whence = SEEK_SET};
    fcntl(lease, F_OFD_SETLK, &whole);
    close(lease);
    lease = -1;
}
