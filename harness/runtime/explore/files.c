// Descriptors within one process: sockets, pipes, eventfd. A call that would block is enabled when
// poll() says that it would not; that is asked again only when somebody has done something to a
// descriptor. What was sent happens before what is received from the same pipe, and so on.

#define _GNU_SOURCE
#include "core.h"
#include "ranges.h"

#include "../common/descriptor_thing.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum { REAL_WAIT_MS = 30 }; // for the kernel to bring what was sent

static char descriptors; // the one object that all calls are about; only its address matters

// What a thread waits for; on its stack.
struct wanted {
    struct pollfd *polled;
    nfds_t count;
    uint32_t seen; // engine->files_changed when poll() last said no
};

static bool is_ready(const struct thread *thread)
{
    if (wait_given_up(thread))
        return true;
    struct wanted *wanted = (struct wanted *)(uintptr_t)thread->next.other;
    if (wanted->seen == engine->files_changed)
        return false;
    if (poll(wanted->polled, wanted->count, 0) > 0)
        return true;
    wanted->seen = engine->files_changed;
    return false;
}

static const struct waiting for_descriptor = {"waits for a file or socket", is_ready, NULL};

bool files_wait(void)
{
    enum { POLLED_MOST = 256 };
    struct pollfd all[POLLED_MOST];
    nfds_t count = 0;
    for (uint64_t left = engine->choosing.live; left != 0; left &= left - 1) {
        const struct thread *thread = &engine->threads[__builtin_ctzll(left)];
        if (thread->next.op != OP_FILE || thread->waiting == NULL || wait_given_up(thread))
            continue;
        const struct wanted *wanted = thread->next.other;
        for (nfds_t i = 0; i < wanted->count && count < POLLED_MOST; i++)
            all[count++] = wanted->polled[i];
    }
    if (count == 0)
        return false;
    // What the kernel did not bring then it does not bring later, unless somebody sends more.
    bool in_vain = engine->files_awaited == engine->files_changed + 1;
    bool ready = poll(all, count, in_vain ? 0 : REAL_WAIT_MS) > 0;
    if (ready)
        engine->files_changed++;
    else
        engine->files_awaited = engine->files_changed + 1;
    return ready;
}

// False with errno set if the wait ended in vain.
static bool wait_ready(struct pollfd *polled, nfds_t count, uint64_t deadline, uintptr_t pc)
{
    if (!running->on)
        return true;
    struct wanted wanted = {polled, count, engine->files_changed - 1};
    engine->outcome->descriptors++;
    bool ready = point_until(deadline, &for_descriptor, OP_FILE, &descriptors, &wanted, pc);
    cancellation_point();
    progress();
    return ready;
}

// Waits until something can be taken out of the descriptor, or put in.
static void wait_for(int descriptor, short events, uintptr_t pc)
{
    struct pollfd polled = {descriptor, events, 0};
    wait_ready(&polled, 1, 0, pc);
}

static void acquire(int descriptor)
{
    const void *thing = running->on ? descriptor_thing(descriptor) : NULL;
    if (thing != NULL)
        clock_acquire(thing);
}

// Something is done to a descriptor that others may wait for.
static void change(int descriptor, uintptr_t pc)
{
    if (!running->on) {
        if (descriptor_thing(descriptor) !=
            NULL) // the first run would take it away from the others
            too_early("what is written", pc);
        return;
    }
    engine->outcome->descriptors++;
    point(OP_FILE, &descriptors, NULL, pc);
    const void *thing = descriptor_thing(descriptor);
    if (thing != NULL)
        clock_release(thing);
    progress();
    engine->stalled = 0;
    engine->files_changed++;
    effect(&descriptors);
}

// Whether a call on the descriptor may be one that others wait for.
static bool is_followed(int descriptor)
{
    return running->on && descriptor > STDERR_FILENO;
}

// Whether it waits itself. A file of the disk is always ready.
static bool blocks(int descriptor)
{
    return (fcntl(descriptor, F_GETFL) & O_NONBLOCK) == 0;
}

// The call was made too early, and may be made again and again.
static void look_in_vain(uintptr_t pc)
{
    if (errno == EAGAIN)
        look(pc, &descriptors, engine->files_changed, true);
}

int __wrap_poll(struct pollfd *polled, nfds_t count, int milliseconds);
int __wrap_poll(struct pollfd *polled, nfds_t count, int milliseconds)
{
    uintptr_t pc = HERE();
    if (milliseconds != 0)
        wait_ready(polled, count,
                   milliseconds > 0 ? deadline_after((uint64_t)milliseconds * 1000000) : 0, pc);
    else
        point(OP_FILE, &descriptors, NULL, pc);
    int ready = poll(polled, count, 0);
    for (nfds_t i = 0; ready > 0 && i < count; i++)
        if (polled[i].revents & POLLIN)
            acquire(polled[i].fd);
    return ready;
}

// Before something is taken out of a descriptor as read() does it.
static void begin_reading(int descriptor, uintptr_t pc)
{
    if (is_followed(descriptor) && blocks(descriptor))
        wait_for(descriptor, POLLIN, pc);
    else if (is_followed(descriptor))
        point(OP_FILE, &descriptors, NULL, pc);
}

static void end_reading(int descriptor, ssize_t length, uintptr_t pc)
{
    if (length >= 0)
        acquire(descriptor);
    else if (is_followed(descriptor))
        look_in_vain(pc);
}

ssize_t __wrap_read(int descriptor, void *buffer, size_t size);
ssize_t __wrap_read(int descriptor, void *buffer, size_t size)
{
    uintptr_t pc = HERE();
    begin_reading(descriptor, pc);
    ssize_t length = read(descriptor, buffer, size);
    end_reading(descriptor, length, pc);
    if (length > 0)
        range_write(buffer, (size_t)length, pc);
    return length;
}

// As far as `length` bytes reach into the parts.
static void parts_written(const struct iovec *parts, size_t count, ssize_t length, uintptr_t pc)
{
    size_t left = length > 0 ? (size_t)length : 0;
    for (size_t i = 0; i < count && left > 0; i++) {
        size_t size = parts[i].iov_len < left ? parts[i].iov_len : left;
        range_write(parts[i].iov_base, size, pc);
        left -= size;
    }
}

static void parts_read(const struct iovec *parts, size_t count, uintptr_t pc)
{
    for (size_t i = 0; i < count; i++)
        range_read(parts[i].iov_base, parts[i].iov_len, pc);
}

ssize_t __wrap_readv(int descriptor, const struct iovec *parts, int count);
ssize_t __wrap_readv(int descriptor, const struct iovec *parts, int count)
{
    uintptr_t pc = HERE();
    begin_reading(descriptor, pc);
    ssize_t length = readv(descriptor, parts, count);
    end_reading(descriptor, length, pc);
    parts_written(parts, (size_t)count, length, pc);
    return length;
}

static void end_receiving(int descriptor, ssize_t length)
{
    if (length >= 0)
        acquire(descriptor);
}

static ssize_t receive(int descriptor, void *buffer, size_t size, int flags,
                       struct sockaddr *address, socklen_t *address_size, uintptr_t pc)
{
    if ((flags & MSG_DONTWAIT) == 0)
        wait_for(descriptor, POLLIN, pc);
    ssize_t length = recvfrom(descriptor, buffer, size, flags, address, address_size);
    end_receiving(descriptor, length);
    if (length > 0)
        range_write(buffer, (size_t)length, pc);
    return length;
}

ssize_t __wrap_recv(int descriptor, void *buffer, size_t size, int flags);
ssize_t __wrap_recv(int descriptor, void *buffer, size_t size, int flags)
{
    return receive(descriptor, buffer, size, flags, NULL, NULL, HERE());
}

ssize_t __wrap_recvfrom(int descriptor, void *buffer, size_t size, int flags,
                        struct sockaddr *address, socklen_t *address_size);
ssize_t __wrap_recvfrom(int descriptor, void *buffer, size_t size, int flags,
                        struct sockaddr *address, socklen_t *address_size)
{
    return receive(descriptor, buffer, size, flags, address, address_size, HERE());
}

ssize_t __wrap_recvmsg(int descriptor, struct msghdr *message, int flags);
ssize_t __wrap_recvmsg(int descriptor, struct msghdr *message, int flags)
{
    uintptr_t pc = HERE();
    if ((flags & MSG_DONTWAIT) == 0)
        wait_for(descriptor, POLLIN, pc);
    ssize_t length = recvmsg(descriptor, message, flags);
    end_receiving(descriptor, length);
    parts_written(message->msg_iov, message->msg_iovlen, length, pc);
    return length;
}

// Before something is put into a descriptor that is followed, as write() does it.
static void begin_writing(int descriptor, uintptr_t pc)
{
    if (blocks(descriptor))
        wait_for(descriptor, POLLOUT, pc);
    change(descriptor, pc);
}

ssize_t __wrap_write(int descriptor, const void *buffer, size_t size);
ssize_t __wrap_write(int descriptor, const void *buffer, size_t size)
{
    uintptr_t pc = HERE();
    range_read(buffer, size, pc);
    if (!is_followed(descriptor))
        return write(descriptor, buffer, size);
    begin_writing(descriptor, pc);
    ssize_t length = write(descriptor, buffer, size);
    if (length < 0)
        look_in_vain(pc);
    return length;
}

ssize_t __wrap_writev(int descriptor, const struct iovec *parts, int count);
ssize_t __wrap_writev(int descriptor, const struct iovec *parts, int count)
{
    uintptr_t pc = HERE();
    parts_read(parts, (size_t)count, pc);
    if (!is_followed(descriptor))
        return writev(descriptor, parts, count);
    begin_writing(descriptor, pc);
    ssize_t length = writev(descriptor, parts, count);
    if (length < 0)
        look_in_vain(pc);
    return length;
}

static int print_into(int descriptor, const char *format, va_list arguments, uintptr_t pc)
{
    bool followed = is_followed(descriptor);
    range_read_printed(format, arguments, pc);
    if (followed)
        begin_writing(descriptor, pc);
    int length = vdprintf(descriptor, format, arguments);
    if (followed && length < 0)
        look_in_vain(pc);
    return length;
}

int __wrap_vdprintf(int descriptor, const char *format, va_list arguments);
int __wrap_vdprintf(int descriptor, const char *format, va_list arguments)
{
    return print_into(descriptor, format, arguments, HERE());
}

int __wrap_dprintf(int descriptor, const char *format, ...);
int __wrap_dprintf(int descriptor, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = print_into(descriptor, format, arguments, HERE());
    va_end(arguments);
    return length;
}

ssize_t __wrap_send(int descriptor, const void *buffer, size_t size, int flags);
ssize_t __wrap_send(int descriptor, const void *buffer, size_t size, int flags)
{
    uintptr_t pc = HERE();
    range_read(buffer, size, pc);
    change(descriptor, pc);
    return send(descriptor, buffer, size, flags);
}

ssize_t __wrap_sendto(int descriptor, const void *buffer, size_t size, int flags,
                      const struct sockaddr *address, socklen_t address_size);
ssize_t __wrap_sendto(int descriptor, const void *buffer, size_t size, int flags,
                      const struct sockaddr *address, socklen_t address_size)
{
    uintptr_t pc = HERE();
    range_read(buffer, size, pc);
    change(descriptor, pc);
    return sendto(descriptor, buffer, size, flags, address, address_size);
}

ssize_t __wrap_sendmsg(int descriptor, const struct msghdr *message, int flags);
ssize_t __wrap_sendmsg(int descriptor, const struct msghdr *message, int flags)
{
    uintptr_t pc = HERE();
    parts_read(message->msg_iov, message->msg_iovlen, pc);
    change(descriptor, pc);
    return sendmsg(descriptor, message, flags);
}

int __wrap_socketpair(int family, int type, int protocol, int ends[2]);
int __wrap_socketpair(int family, int type, int protocol, int ends[2])
{
    range_write(ends, 2 * sizeof *ends, HERE());
    int result = socketpair(family, type, protocol, ends);
    if (result == 0)
        descriptor_pair(ends);
    return result;
}

int __wrap_accept(int descriptor, struct sockaddr *address, socklen_t *length);
int __wrap_accept(int descriptor, struct sockaddr *address, socklen_t *length)
{
    wait_for(descriptor, POLLIN, HERE());
    int accepted = accept(descriptor, address, length);
    if (accepted >= 0)
        acquire(descriptor);
    return accepted;
}

int __wrap_accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);
int __wrap_accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags)
{
    wait_for(descriptor, POLLIN, HERE());
    int accepted = accept4(descriptor, address, length, flags);
    if (accepted >= 0)
        acquire(descriptor);
    return accepted;
}

int __wrap_connect(int descriptor, const struct sockaddr *address, socklen_t length);
int __wrap_connect(int descriptor, const struct sockaddr *address, socklen_t length)
{
    change(descriptor, HERE());
    return connect(descriptor, address, length);
}

int __wrap_shutdown(int descriptor, int how);
int __wrap_shutdown(int descriptor, int how)
{
    change(descriptor, HERE());
    return shutdown(descriptor, how);
}

int __wrap_close(int descriptor);
int __wrap_close(int descriptor)
{
    change(descriptor, HERE());
    return close(descriptor);
}

int __wrap_eventfd_read(int descriptor, eventfd_t *value);
int __wrap_eventfd_read(int descriptor, eventfd_t *value)
{
    return __wrap_read(descriptor, value, sizeof *value) == sizeof *value ? 0 : -1;
}

int __wrap_eventfd_write(int descriptor, eventfd_t value);
int __wrap_eventfd_write(int descriptor, eventfd_t value)
{
    return __wrap_write(descriptor, &value, sizeof value) == sizeof value ? 0 : -1;
}
