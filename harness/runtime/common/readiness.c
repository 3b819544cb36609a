// Order by calls that wait until a descriptor is ready, for ThreadSanitizer and Helgrind, which
// know only what is read from it: who learns that something is there, or that the far end was
// closed, comes after who put it there or closed it, though nothing is read. Reached by --wrap.

#define _GNU_SOURCE
#include "descriptor_order.h"

#include <poll.h>
#include <stdatomic.h>
#include <sys/epoll.h>
#include <sys/select.h>

// ---- poll ----

static int polled(int result, const struct pollfd *descriptors, nfds_t count)
{
    for (nfds_t i = 0; result > 0 && i < count; i++)
        if (descriptors[i].revents & (POLLIN | POLLPRI | POLLHUP | POLLRDHUP))
            descriptor_acquire(descriptors[i].fd);
    return result;
}

int __real_poll(struct pollfd *descriptors, nfds_t count, int limit);
int __wrap_poll(struct pollfd *descriptors, nfds_t count, int limit);
int __wrap_poll(struct pollfd *descriptors, nfds_t count, int limit)
{
    return polled(__real_poll(descriptors, count, limit), descriptors, count);
}

int __real_ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *limit,
                 const sigset_t *mask);
int __wrap_ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *limit,
                 const sigset_t *mask);
int __wrap_ppoll(struct pollfd *descriptors, nfds_t count, const struct timespec *limit,
                 const sigset_t *mask)
{
    return polled(__real_ppoll(descriptors, count, limit, mask), descriptors, count);
}

// ---- select ----

static int selected(int result, int count, const fd_set *readable)
{
    for (int i = 0; result > 0 && readable && i < count && i < FD_SETSIZE; i++)
        if (FD_ISSET(i, readable))
            descriptor_acquire(i);
    return result;
}

int __real_select(int count, fd_set *readable, fd_set *writable, fd_set *failed,
                  struct timeval *limit);
int __wrap_select(int count, fd_set *readable, fd_set *writable, fd_set *failed,
                  struct timeval *limit);
int __wrap_select(int count, fd_set *readable, fd_set *writable, fd_set *failed,
                  struct timeval *limit)
{
    return selected(__real_select(count, readable, writable, failed, limit), count, readable);
}

int __real_pselect(int count, fd_set *readable, fd_set *writable, fd_set *failed,
                   const struct timespec *limit, const sigset_t *mask);
int __wrap_pselect(int count, fd_set *readable, fd_set *writable, fd_set *failed,
                   const struct timespec *limit, const sigset_t *mask);
int __wrap_pselect(int count, fd_set *readable, fd_set *writable, fd_set *failed,
                   const struct timespec *limit, const sigset_t *mask)
{
    return selected(__real_pselect(count, readable, writable, failed, limit, mask), count,
                    readable);
}

// ---- epoll ----
// What is ready is told by a word of the program's choice. So all descriptors that the set holds
// are taken for ready: a race may be missed by that, none is made up.

enum { WATCHED = 1024 };
static atomic_int sets[WATCHED]; // the set that a descriptor was put into last, and 1

int __real_epoll_ctl(int set, int operation, int descriptor, struct epoll_event *event);
int __wrap_epoll_ctl(int set, int operation, int descriptor, struct epoll_event *event);
int __wrap_epoll_ctl(int set, int operation, int descriptor, struct epoll_event *event)
{
    if (operation == EPOLL_CTL_ADD && descriptor >= 0 && descriptor < WATCHED)
        sets[descriptor] = set + 1;
    return __real_epoll_ctl(set, operation, descriptor, event);
}

static int awaited(int result, int set)
{
    for (int i = 0; result > 0 && i < WATCHED; i++)
        if (sets[i] == set + 1)
            descriptor_acquire(i);
    return result;
}

int __real_epoll_wait(int set, struct epoll_event *events, int most, int limit);
int __wrap_epoll_wait(int set, struct epoll_event *events, int most, int limit);
int __wrap_epoll_wait(int set, struct epoll_event *events, int most, int limit)
{
    return awaited(__real_epoll_wait(set, events, most, limit), set);
}

int __real_epoll_pwait(int set, struct epoll_event *events, int most, int limit,
                       const sigset_t *mask);
int __wrap_epoll_pwait(int set, struct epoll_event *events, int most, int limit,
                       const sigset_t *mask);
int __wrap_epoll_pwait(int set, struct epoll_event *events, int most, int limit,
                       const sigset_t *mask)
{
    return awaited(__real_epoll_pwait(set, events, most, limit, mask), set);
}
