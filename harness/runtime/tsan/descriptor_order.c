// Order by descriptors that ThreadSanitizer does not see: what common/descriptor_calls.c,
// common/moved_bytes.c and common/readiness.c wrap. It knows what readv and writev order, and by
// reading and writing no parts at all, which has no effect on any descriptor, it is told the same.

#include "runtime/common/descriptor_order.h"

#include <errno.h>
#include <stddef.h>
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
