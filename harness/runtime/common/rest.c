// See rest.h. Linked into every judged program; never instrumented, allocates nothing.
//
// Why two looks with the same number are a proof: whoever sleeps in both did so all the time
// between his first finding and his second one (task.h), and whoever is in a meeting with the same
// ticket was so too. Take the instant after the second listing, before anybody is found for the
// second time: all who are in the list sleep at once. Nobody is missing in it: a listing in one
// call leaves out only what began behind its end, begun by one who was awake, or what stands behind
// a thread that ended under its hands, which is then not found.
//
// Under valgrind a thread sleeps also where another one runs and it waits for its turn. It is awake
// between two looks: the caller's own waiting in between gives it the turn. (That is so with
// --fair-sched=yes, which gives turns in the order of asking, at a futex. Without it they are read
// from a pipe, which is no sleep without end.)

#define _GNU_SOURCE
#include "rest.h"

#include "task.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

// The numbers of a process's threads. With more than there is room for, nothing is known.
struct listing {
    long length;
    _Alignas(struct dirent64) char entries[2048];
};

static bool list_tasks(struct listing *listing)
{
    int folder =
        (int)syscall(SYS_openat, AT_FDCWD, "/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return false;
    listing->length = syscall(SYS_getdents64, folder, listing->entries, sizeof listing->entries);
    bool all =
        listing->length > 0 && syscall(SYS_getdents64, folder, listing->entries + listing->length,
                                       sizeof listing->entries - (size_t)listing->length) == 0;
    syscall(SYS_close, folder);
    return all;
}

// The next thread's number; 0 behind the last one. `*at` begins with 0.
static long next_task(const struct listing *listing, long *at)
{
    while (*at < listing->length) {
        const struct dirent64 *entry = (const struct dirent64 *)(listing->entries + *at);
        *at += entry->d_reclen;
        if (entry->d_name[0] != '.')
            return strtol(entry->d_name, NULL, 10);
    }
    return 0;
}

// ---- What is the tool's ----

static struct {
    long process, task; // 0: none
} tool;

void rendezvous_tool_has_begun(void)
{
    struct listing listing;
    long own = asleep_own_number(), at = 0, number, others = 0;
    if (own == 0 || !list_tasks(&listing))
        return;
    while ((number = next_task(&listing, &at)) != 0)
        if (number != own) {
            tool.task = number;
            others++;
        }
    tool.process = others == 1 ? syscall(SYS_getpid) : 0;
}

static bool is_tools(long number)
{
    return number == tool.task && tool.process == syscall(SYS_getpid);
}

// ---- Signals ----

// Faults are a thread's own; 32 and 33 are the C library's; SIGSTKFLT is helgrind/threads_told.c's,
// with which the harness ends programs.
static bool comes_from_outside(int signal)
{
    static const int others[] = {SIGSEGV, SIGBUS, SIGFPE,    SIGILL, SIGTRAP,
                                 SIGABRT, SIGSYS, SIGSTKFLT, 32,     33};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (signal == others[i])
            return false;
    return true;
}

// Whether a handler of the program's may run where no thread of it is awake: for a timer, a child
// that ends, another process.
static bool may_handle_signal(void)
{
    struct {
        void (*handler)(int);
        unsigned long others[4]; // flags, restorer, mask
    } action = {0};
    const long bytes_of_mask = 8;
    for (int signal = 1; signal <= 64; signal++)
        if (comes_from_outside(signal) &&
            syscall(SYS_rt_sigaction, signal, NULL, &action, bytes_of_mask) == 0 &&
            action.handler != SIG_DFL && action.handler != SIG_IGN)
            return true;
    return false;
}

// ---- Looking ----

static unsigned long fold(unsigned long sum, unsigned long value)
{
    return (sum ^ value) * 0x100000001b3UL; // FNV-1a, by words
}

unsigned long rendezvous_at_rest(long own, unsigned long (*meeting)(long number))
{
    struct listing listing;
    unsigned long sum = 0xcbf29ce484222325UL;
    long at = 0, number;
    if (own == 0 || !list_tasks(&listing))
        return 0;
    while ((number = next_task(&listing, &at)) != 0) {
        if (number == own || is_tools(number))
            continue;
        unsigned long ticket = meeting(number), switches = 0;
        if (ticket == 0 && !asleep_without_end(number, &switches))
            return 0;
        sum = fold(fold(fold(sum, (unsigned long)number), ticket), switches);
    }
    return may_handle_signal() ? 0 : sum;
}
