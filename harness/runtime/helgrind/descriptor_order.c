// Order that comes about by descriptors: what was written to a pipe, a socket or an event
// descriptor happens before it is read. ThreadSanitizer knows that, Helgrind does not. Reached by
// --wrap. As in common/kernel_order.c more is announced than there may be: all sockets but pairs
// are one.

#define _GNU_SOURCE
#include "runtime/common/descriptor_order.h"
#include "runtime/common/descriptor_thing.h"
#include "runtime/common/order.h"

#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

void descriptor_release(int descriptor)
{
    const void *thing = descriptor_thing(descriptor);
    if (thing)
        order_release(thing);
}

void descriptor_acquire(int descriptor)
{
    const void *thing = descriptor_thing(descriptor);
    if (thing)
        order_acquire(thing);
}

static ssize_t after(ssize_t result, int descriptor)
{
    if (result >= 0)
        descriptor_acquire(descriptor);
    return result;
}

ssize_t __real_write(int descriptor, const void *bytes, size_t size);
ssize_t __wrap_write(int descriptor, const void *bytes, size_t size);
ssize_t __wrap_write(int descriptor, const void *bytes, size_t size)
{
    descriptor_release(descriptor);
    return __real_write(descriptor, bytes, size);
}

ssize_t __real_read(int descriptor, void *bytes, size_t size);
ssize_t __wrap_read(int descriptor, void *bytes, size_t size);
ssize_t __wrap_read(int descriptor, void *bytes, size_t size)
{
    return after(__real_read(descriptor, bytes, size), descriptor);
}

ssize_t __real_writev(int descriptor, const struct iovec *parts, int count);
ssize_t __wrap_writev(int descriptor, const struct iovec *parts, int count);
ssize_t __wrap_writev(int descriptor, const struct iovec *parts, int count)
{
    descriptor_release(descriptor);
    return __real_writev(descriptor, parts, count);
}

ssize_t __real_readv(int descriptor, const struct iovec *parts, int count);
ssize_t __wrap_readv(int descriptor, const struct iovec *parts, int count);
ssize_t __wrap_readv(int descriptor, const struct iovec *parts, int count)
{
    return after(__real_readv(descriptor, parts, count), descriptor);
}

int __real_socketpair(int family, int type, int protocol, int ends[2]);
int __wrap_socketpair(int family, int type, int protocol, int ends[2]);
int __wrap_socketpair(int family, int type, int protocol, int ends[2])
{
    int result = __real_socketpair(family, type, protocol, ends);
    if (result == 0)
        descriptor_pair(ends);
    return result;
}

int __real_connect(int descriptor, const struct sockaddr *address, socklen_t size);
int __wrap_connect(int descriptor, const struct sockaddr *address, socklen_t size);
int __wrap_connect(int descriptor, const struct sockaddr *address, socklen_t size)
{
    descriptor_release(descriptor);
    return __real_connect(descriptor, address, size);
}

int __real_accept(int descriptor, struct sockaddr *address, socklen_t *size);
int __wrap_accept(int descriptor, struct sockaddr *address, socklen_t *size);
int __wrap_accept(int descriptor, struct sockaddr *address, socklen_t *size)
{
    return (int)after(__real_accept(descriptor, address, size), descriptor);
}

int __real_accept4(int descriptor, struct sockaddr *address, socklen_t *size, int flags);
int __wrap_accept4(int descriptor, struct sockaddr *address, socklen_t *size, int flags);
int __wrap_accept4(int descriptor, struct sockaddr *address, socklen_t *size, int flags)
{
    return (int)after(__real_accept4(descriptor, address, size, flags), descriptor);
}

ssize_t __real_send(int descriptor, const void *bytes, size_t size, int flags);
ssize_t __wrap_send(int descriptor, const void *bytes, size_t size, int flags);
ssize_t __wrap_send(int descriptor, const void *bytes, size_t size, int flags)
{
    descriptor_release(descriptor);
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
    descriptor_release(descriptor);
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
    descriptor_release(descriptor);
    return __real_eventfd_write(descriptor, value);
}

int __real_eventfd_read(int descriptor, eventfd_t *value);
int __wrap_eventfd_read(int descriptor, eventfd_t *value);
int __wrap_eventfd_read(int descriptor, eventfd_t *value)
{
    return (int)after(__real_eventfd_read(descriptor, value), descriptor);
}
