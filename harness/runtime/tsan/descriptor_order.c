// Order by descriptors that ThreadSanitizer does not see: sendto, recvfrom, and what
// common/moved_bytes.c wraps. It knows what readv and writev order, and by reading and writing no
// parts at all, which has no effect on any descriptor, it is told the same. Reached by --wrap.

#include "runtime/common/descriptor_order.h"

#include <errno.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/uio.h>

static const struct iovec no_parts;

void descriptor_release(int descriptor)
{
    int error = errno;
    if (writev(descriptor, &no_parts, 0) < 0)
        errno = error; // the call itself will say what is wrong
}

void descriptor_acquire(int descriptor)
{
    int error = errno;
    if (readv(descriptor, &no_parts, 0) < 0)
        errno = error;
}

ssize_t __real_sendto(int descriptor, const void *bytes, size_t size, int flags,
                      const struct sockaddr *address, socklen_t address_size);
ssize_t __wrap_sendto(int descriptor, const void *bytes, size_t size, int flags,
                      const struct sockaddr *address, socklen_t address_size);
ssize_t __wrap_sendto(int descriptor, const void *bytes, size_t size, int flags,
                      const struct sockaddr *address, socklen_t address_size)
{
    descriptor_release(descriptor);
    return __real_sendto(descriptor, bytes, size, flags, address, address_size);
}

ssize_t __real_recvfrom(int descriptor, void *bytes, size_t size, int flags,
                        struct sockaddr *address, socklen_t *address_size);
ssize_t __wrap_recvfrom(int descriptor, void *bytes, size_t size, int flags,
                        struct sockaddr *address, socklen_t *address_size);
ssize_t __wrap_recvfrom(int descriptor, void *bytes, size_t size, int flags,
                        struct sockaddr *address, socklen_t *address_size)
{
    ssize_t length = __real_recvfrom(descriptor, bytes, size, flags, address, address_size);
    if (length >= 0)
        descriptor_acquire(descriptor);
    return length;
}
