// Calls on descriptors of which neither ThreadSanitizer nor Helgrind knows what they order. Linked
// into programs under both; reached by --wrap.

#include "descriptor_order.h"

#include <stdarg.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/types.h>

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

int __real_vdprintf(int descriptor, const char *format, va_list arguments);
int __wrap_vdprintf(int descriptor, const char *format, va_list arguments);
int __wrap_vdprintf(int descriptor, const char *format, va_list arguments)
{
    descriptor_release(descriptor);
    return __real_vdprintf(descriptor, format, arguments);
}

int __wrap_dprintf(int descriptor, const char *format, ...);
int __wrap_dprintf(int descriptor, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = __wrap_vdprintf(descriptor, format, arguments);
    va_end(arguments);
    return length;
}

// Who reads learns that nobody writes any more.
int __real_close(int descriptor);
int __wrap_close(int descriptor);
int __wrap_close(int descriptor)
{
    descriptor_release(descriptor);
    return __real_close(descriptor);
}

int __real_shutdown(int descriptor, int how);
int __wrap_shutdown(int descriptor, int how);
int __wrap_shutdown(int descriptor, int how)
{
    descriptor_release(descriptor);
    return __real_shutdown(descriptor, how);
}
