// Order by calls that move bytes from one descriptor to another inside the kernel. Reached by
// --wrap.
//
// Such a call takes out and puts in at once. What it takes out must be acquired before what it puts
// in is released, so that who reads at the far end comes after who wrote at the near one: the
// wrapper waits until there is something.

#define _GNU_SOURCE
#include "descriptor_order.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/sendfile.h>

static void begin_move(int from, int to, bool at_once)
{
    struct pollfd polled = {from, POLLIN, 0};
    int error = errno;
    bool waits = !at_once && (fcntl(from, F_GETFL) & O_NONBLOCK) == 0;
    if (poll(&polled, 1, waits ? -1 : 0) > 0)
        descriptor_acquire(from);
    descriptor_release(to);
    errno = error;
}

ssize_t __real_splice(int from, off64_t *from_offset, int to, off64_t *to_offset, size_t size,
                      unsigned flags);
ssize_t __wrap_splice(int from, off64_t *from_offset, int to, off64_t *to_offset, size_t size,
                      unsigned flags);
ssize_t __wrap_splice(int from, off64_t *from_offset, int to, off64_t *to_offset, size_t size,
                      unsigned flags)
{
    begin_move(from, to, flags & SPLICE_F_NONBLOCK);
    return __real_splice(from, from_offset, to, to_offset, size, flags);
}

ssize_t __real_tee(int from, int to, size_t size, unsigned flags);
ssize_t __wrap_tee(int from, int to, size_t size, unsigned flags);
ssize_t __wrap_tee(int from, int to, size_t size, unsigned flags)
{
    begin_move(from, to, flags & SPLICE_F_NONBLOCK);
    return __real_tee(from, to, size, flags);
}

ssize_t __real_sendfile(int to, int from, off_t *offset, size_t size);
ssize_t __wrap_sendfile(int to, int from, off_t *offset, size_t size);
ssize_t __wrap_sendfile(int to, int from, off_t *offset, size_t size)
{
    begin_move(from, to, false);
    return __real_sendfile(to, from, offset, size);
}
