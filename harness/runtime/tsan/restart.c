// A handler set with signal restarts the calls that it interrupts: so it is in glibc (man 2 signal,
// "BSD semantics"). ThreadSanitizer has a signal of its own that forgets it. Reached by --wrap.

#define _GNU_SOURCE
#include <signal.h>

sighandler_t __wrap_signal(int number, sighandler_t handle);
sighandler_t __wrap_signal(int number, sighandler_t handle)
{
    struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART}, before;
    sigemptyset(&action.sa_mask);
    sigaddset(&action.sa_mask, number);
    return sigaction(number, &action, &before) == 0 ? before.sa_handler : SIG_ERR;
}
