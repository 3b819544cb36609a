// Order that comes about by descriptors: what was written to a pipe, a socket or an event descriptor
// happens before it is read. ThreadSanitizer knows that, Helgrind does not. Reached by --wrap. As in
// common/kernel_order.c more is announced than there may be: all sockets are one.

#define _GNU_SOURCE
#include "runtime/common/descriptor_thing.h"
#include "runtime/common/order.h"

#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

static void before(int descriptor)
{
    const void *thing = descriptor_thing(descriptor);
    if (thing)
        order_release(thing);
}

static ssize_t after(ssize_t result, int descriptor)
{
    const void *thing = result >= 0 ? descriptor_thing(descriptor) : NULL;
    if (thing)
        order_acquire(thing);
    return result;
}

ssize_t __real_write(int descriptor, const void *bytes, size_t size);
ssize_t __wrap_write(int descriptor, const void *bytes, size_t size);
ssize_t __wrap_write(int descriptor, const void *bytes, size_t size)
{
    before(descriptor);
    return __real_write(descriptor, bytes, size);
}

ssize_t __real_read(int descriptor, void *bytes, size_t size);
ssize_t __wrap_read(int descriptor, void *bytes, size_t size);
ssize_t __wrap_read(int descriptor, void *bytes, size_t size)
{
    return after(__real_read(descriptor, bytes, size), descriptor);
}

// Who reads learns that nobody writes any more.
int __real_close(int descriptor);
int __wrap_close(int descriptor);
int __wrap_close(int descriptor)
{
    before(descriptor);
    return __real_close(descriptor);
}

ssize_t __real_send(int descriptor, const void *bytes, size_t size, int flags);
ssize_t __wrap_send(int descriptor, const void *bytes, size_t size, int flags);
ssize_t __wrap_send(int descriptor, const void *bytes, size_t size, int flags)
{
    before(descriptor);
    return __real_send(descriptor, bytes, size, flags);
}

ssize_t __real_recv(int descriptor, void *bytes, size_t size, int flags);
ssize_t __wrap_recv(int descriptor, void *bytes, size_t size, int flags);
ssize_t __wrap_recv(int descriptor, void *bytes, size_t size, int flags)
{
    return after(__real_recv(descriptor, bytes, size, flags), descriptor);
}

ssize_t __real_sendmsg(int descriptor, const struct msghdr *message, int flags);
ssize_t __wrap_sendmsg(int descriptor, const struct msghdr *message, int flags);
ssize_t __wrap_sendmsg(int descriptor, const struct msghdr *message, int flags)
{
    before(descriptor);
    return __real_sendmsg(descriptor, message, flags);
}

ssize_t __real_recvmsg(int descriptor, struct msghdr *message, int flags);
ssize_t __wrap_recvmsg(int descriptor, struct msghdr *message, int flags);
ssize_t __wrap_recvmsg(int descriptor, struct msghdr *message, int flags)
{
    return after(__real_recvmsg(descriptor, message, flags), descriptor);
}

int __real_eventfd_write(int descriptor, eventfd_t value);
int __wrap_eventfd_write(int descriptor, eventfd_t value);
int __wrap_eventfd_write(int descriptor, eventfd_t value)
{
    before(descriptor);
    return __real_eventfd_write(descriptor, value);
}

int __real_eventfd_read(int descriptor, eventfd_t *value);
int __wrap_eventfd_read(int descriptor, eventfd_t *value);
int __wrap_eventfd_read(int descriptor, eventfd_t *value)
{
    return (int)after(__real_eventfd_read(descriptor, value), descriptor);
}
