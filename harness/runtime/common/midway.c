// Linked into every judged program; see include/racelings/midway.h. A processor
// with the trap flag set raises SIGTRAP after each instruction; that is how debuggers go step by
// step. Here a program does it to itself. Under the other judges nothing is counted: valgrind has
// no such flag, and ThreadSanitizer's runtime would be stepped through as well.

#define _GNU_SOURCE
#include "../include/racelings/midway.h"

#if defined RACELINGS_PLAIN_RUN && defined __x86_64__

#include <signal.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <sys/ucontext.h>
#include <unistd.h>

enum { TRAP_FLAG = 0x100 };

static volatile long left; // instructions before it is time
static volatile bool counting, called;
static void (*volatile then)(void);

// Called after each instruction, and by `trap` to start and to stop.
static void on_trap(int signal, siginfo_t *info, void *data)
{
    (void)signal, (void)info;
    greg_t *flags = &((ucontext_t *)data)->uc_mcontext.gregs[REG_EFL];
    if (counting && left-- == 0) {
        counting = false;
        called = true;
        then();
    }
    *flags = counting ? *flags | TRAP_FLAG : *flags & ~(greg_t)TRAP_FLAG;
}

static void trap(void)
{
    syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), SIGTRAP);
}

static struct sigaction before;

void midway_begins(long instructions, void (*meanwhile)(void))
{
    struct sigaction action = {.sa_sigaction = on_trap, .sa_flags = SA_SIGINFO};
    sigaction(SIGTRAP, &action, &before);
    left = instructions;
    then = meanwhile;
    called = false;
    counting = true;
    trap();
}

bool midway_ends(void)
{
    counting = false; // `meanwhile` may still have come just before this
    trap();
    sigaction(SIGTRAP, &before, NULL);
    return called;
}

#else

void midway_begins(long instructions, void (*meanwhile)(void))
{
    (void)instructions, (void)meanwhile;
}

bool midway_ends(void)
{
    return false;
}

#endif

bool midway(long instructions, void (*call)(void), void (*meanwhile)(void))
{
    midway_begins(instructions, meanwhile);
    call();
    return midway_ends();
}
