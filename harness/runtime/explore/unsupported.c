// What the explorer cannot follow, by name: nothing is judged then.

#define _GNU_SOURCE
#include "core.h"

#include "../common/descriptor_thing.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

// A function of the library whose call ends the run.
#define UNSUPPORTED(function, result)                                                              \
    result __wrap_##function(void);                                                                \
    result __wrap_##function(void)                                                                 \
    {                                                                                              \
        thread_self()->next.pc = HERE();                                                           \
        run_end(ENDED_UNSUPPORTED, #function);                                                     \
    }

UNSUPPORTED(fork, int)
UNSUPPORTED(vfork, int)
UNSUPPORTED(clone, int)
UNSUPPORTED(system, int)
UNSUPPORTED(popen, void *)
UNSUPPORTED(posix_spawn, int)
UNSUPPORTED(posix_spawnp, int)
UNSUPPORTED(execv, int)
UNSUPPORTED(execve, int)
UNSUPPORTED(execvp, int)
UNSUPPORTED(wait, int)
UNSUPPORTED(waitpid, int)
UNSUPPORTED(waitid, int)
UNSUPPORTED(pause, int)
UNSUPPORTED(sigwait, int)
UNSUPPORTED(sigwaitinfo, int)
UNSUPPORTED(sigtimedwait, int)
UNSUPPORTED(sigsuspend, int)
UNSUPPORTED(pthread_kill, int)
UNSUPPORTED(setitimer, int)
UNSUPPORTED(alarm, unsigned)
UNSUPPORTED(ualarm, unsigned)
UNSUPPORTED(timer_create, int)
UNSUPPORTED(inotify_init, int)
UNSUPPORTED(inotify_init1, int)
UNSUPPORTED(select, int)
UNSUPPORTED(pselect, int)
UNSUPPORTED(ppoll, int)
UNSUPPORTED(epoll_wait, int)
UNSUPPORTED(epoll_pwait, int)
UNSUPPORTED(epoll_pwait2, int)
UNSUPPORTED(splice, long)
UNSUPPORTED(tee, long)
UNSUPPORTED(vmsplice, long)
UNSUPPORTED(sendfile, long)
UNSUPPORTED(sendfile64, long)
UNSUPPORTED(recvmmsg, int)
UNSUPPORTED(msgrcv, long)
UNSUPPORTED(mq_receive, long)
UNSUPPORTED(mq_send, int)
UNSUPPORTED(mq_timedreceive, long)
UNSUPPORTED(mq_timedsend, int)
UNSUPPORTED(mq_notify, int)
UNSUPPORTED(flock, int)
UNSUPPORTED(lockf, int)
UNSUPPORTED(semop, int)
UNSUPPORTED(semtimedop, int)
UNSUPPORTED(aio_read, int)
UNSUPPORTED(aio_write, int)
UNSUPPORTED(lio_listio, int)
UNSUPPORTED(pthread_getattr_np, int)
UNSUPPORTED(makecontext, int)
UNSUPPORTED(swapcontext, int)

// A stream waits within the library, where nobody else could go on meanwhile. One of a file does
// not.
FILE *__wrap_fdopen(int descriptor, const char *mode);
FILE *__wrap_fdopen(int descriptor, const char *mode)
{
    if (running->on && descriptor_thing(descriptor) != NULL) {
        thread_self()->next.pc = HERE();
        run_end(ENDED_UNSUPPORTED, "fdopen");
    }
    return fdopen(descriptor, mode);
}

// The standard streams have theirs, too, where the program puts a pipe there.
static void check_standard(int from, int to, uintptr_t pc)
{
    if (!running->on || to > STDERR_FILENO || descriptor_thing(from) == NULL)
        return;
    thread_self()->next.pc = pc;
    run_end(ENDED_UNSUPPORTED, "a standard stream over a pipe");
}

int __wrap_dup2(int from, int to);
int __wrap_dup2(int from, int to)
{
    check_standard(from, to, HERE());
    return dup2(from, to);
}

int __wrap_dup3(int from, int to, int flags);
int __wrap_dup3(int from, int to, int flags)
{
    check_standard(from, to, HERE());
    return dup3(from, to, flags);
}

// Whoever opens a pipe by its name waits for the other end.
static void check_name(const char *path, uintptr_t pc)
{
    struct stat status;
    if (!running->on || stat(path, &status) != 0 || !S_ISFIFO(status.st_mode))
        return;
    thread_self()->next.pc = pc;
    run_end(ENDED_UNSUPPORTED, "the opening of a named pipe");
}

int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    check_name(path, HERE());
    return open(path, flags, mode);
}

FILE *__wrap_fopen(const char *path, const char *mode);
FILE *__wrap_fopen(const char *path, const char *mode)
{
    check_name(path, HERE());
    return fopen(path, mode);
}

// Of one thread alone a signal's descriptor is a file like others. Among several it orders them, and
// whoever reads it may wait in the kernel: thread_create looks for it, too.
int __wrap_signalfd(int descriptor, const sigset_t *signals, int flags);
int __wrap_signalfd(int descriptor, const sigset_t *signals, int flags)
{
    if (running->on && engine_threaded()) {
        thread_self()->next.pc = HERE();
        run_end(ENDED_UNSUPPORTED, "signalfd");
    }
    running->signalfd = true;
    return signalfd(descriptor, signals, flags);
}

// A lock on a part of a file is waited for in the kernel.
int __wrap_fcntl(int descriptor, int command, ...);
int __wrap_fcntl(int descriptor, int command, ...)
{
    va_list rest;
    va_start(rest, command);
    void *argument = va_arg(rest, void *); // or a number, which is passed alike
    va_end(rest);
    bool waits = command == F_SETLKW || command == F_OFD_SETLKW;
    uintptr_t pc = HERE();
    if (running->on && waits) {
        thread_self()->next.pc = pc;
        run_end(ENDED_UNSUPPORTED, "fcntl with F_SETLKW");
    }
    return fcntl(descriptor, command, argument);
}
