// What the explorer cannot follow, by name: nothing is judged then.

#include "core.h"

#include "../common/descriptor_thing.h"

#include <stdio.h>

// A function of the library whose call ends the run.
#define UNSUPPORTED(function, result)                                                              \
    result __wrap_##function(void);                                                                \
    result __wrap_##function(void)                                                                 \
    {                                                                                              \
        self_thread()->next.pc = HERE();                                                           \
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
UNSUPPORTED(pause, int)
UNSUPPORTED(sigwait, int)
UNSUPPORTED(sigwaitinfo, int)
UNSUPPORTED(sigtimedwait, int)
UNSUPPORTED(sigsuspend, int)
UNSUPPORTED(pthread_kill, int)
UNSUPPORTED(setitimer, int)
UNSUPPORTED(alarm, unsigned)
UNSUPPORTED(timer_create, int)
UNSUPPORTED(select, int)
UNSUPPORTED(pselect, int)
UNSUPPORTED(ppoll, int)
UNSUPPORTED(epoll_wait, int)
UNSUPPORTED(epoll_pwait, int)
UNSUPPORTED(splice, long)
UNSUPPORTED(tee, long)
UNSUPPORTED(vmsplice, long)
UNSUPPORTED(sendfile, long)
UNSUPPORTED(sendfile64, long)
UNSUPPORTED(recvmmsg, int)
UNSUPPORTED(msgrcv, long)
UNSUPPORTED(mq_receive, long)
UNSUPPORTED(mq_send, int)
UNSUPPORTED(flock, int)
UNSUPPORTED(lockf, int)
UNSUPPORTED(semop, int)
UNSUPPORTED(pthread_getattr_np, int)
UNSUPPORTED(makecontext, int)
UNSUPPORTED(swapcontext, int)

// A stream waits within the library, where nobody else could go on meanwhile. One of a file does not.
FILE *__wrap_fdopen(int descriptor, const char *mode);
FILE *__wrap_fdopen(int descriptor, const char *mode)
{
    if (engine->on && descriptor_thing(descriptor) != NULL) {
        self_thread()->next.pc = HERE();
        run_end(ENDED_UNSUPPORTED, "fdopen");
    }
    return fdopen(descriptor, mode);
}
