// Tells where all threads are when the harness ends a run that hangs. At a deadly signal valgrind
// shows one thread; asked by the program, it writes the stacks of all to its log, without a
// debugger's help. (On SIGKILL no thread is told of, and the report is cut off.) The signal is one
// that no kernel sends and no program knows: SIGTERM may have a handler that goes on.

#include <signal.h>
#include <unistd.h>
#include <valgrind/valgrind.h>

// As sigaction, by a name that does not make the program look as if it handled signals itself
// (judge/detectors/helgrind.c).
int __sigaction(int signal, const struct sigaction *action, struct sigaction *old);

static pid_t first; // a forked process says nothing

// By this name judge/detectors/helgrind_log.c knows it on the stack of the thread that it
// interrupts.
void racelings_tells_threads(int signal, siginfo_t *info, void *state);
void racelings_tells_threads(int signal, siginfo_t *info, void *state)
{
    (void)state;
    if (getpid() == first && info->si_pid != first)
        (void)VALGRIND_MONITOR_COMMAND("v.info scheduler");
    raise(signal);
}

__attribute__((constructor)) static void handle_the_end(void)
{
    struct sigaction action = {.sa_sigaction = racelings_tells_threads,
                               .sa_flags = SA_SIGINFO | SA_NODEFER | (int)SA_RESETHAND};
    first = getpid();
    __sigaction(SIGSTKFLT, &action, NULL);
}
