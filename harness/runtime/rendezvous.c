// Linked into every judged program; see include/racelings/rendezvous.h. Never instrumented, and
// waits by raw system calls, so that ThreadSanitizer sees neither its accesses nor its waiting;
// Helgrind is told to look away.

#define _GNU_SOURCE
#include "include/racelings/rendezvous.h"

#include <errno.h>
#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <valgrind/helgrind.h>

// Monotonic time in milliseconds, without libc's clock_gettime, which detectors intercept.
static long now(void)
{
    struct timespec time;
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

// Waits until `*number` is no longer `seen`, or `until`. Returns false when the time is over.
static bool wait_for_change(int *number, int seen, long until)
{
    while (__atomic_load_n(number, __ATOMIC_ACQUIRE) == seen) {
        long left = until - now();
        if (left <= 0)
            return false;
        struct timespec timeout = {left / 1000, left % 1000 * 1000000};
        syscall(SYS_futex, number, FUTEX_WAIT_PRIVATE, seen, &timeout, NULL, 0);
    }
    return true;
}

// Takes back an arrival. False if the meeting was held meanwhile: it is too late to leave.
static bool leave(struct rendezvous *meeting, int seen)
{
    int arrived = __atomic_load_n(&meeting->arrived, __ATOMIC_ACQUIRE);
    while (arrived > 0 && arrived < meeting->parties &&
           __atomic_load_n(&meeting->number, __ATOMIC_ACQUIRE) == seen)
        if (__atomic_compare_exchange_n(&meeting->arrived, &arrived, arrived - 1, false,
                                        __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
            return true;
    return false;
}

bool rendezvous_meet(struct rendezvous *meeting, int milliseconds)
{
    VALGRIND_HG_DISABLE_CHECKING(meeting, sizeof *meeting);
    int seen = __atomic_load_n(&meeting->number, __ATOMIC_ACQUIRE);
    if (__atomic_add_fetch(&meeting->arrived, 1, __ATOMIC_ACQ_REL) == meeting->parties) {
        __atomic_store_n(&meeting->arrived, 0, __ATOMIC_RELEASE);
        __atomic_add_fetch(&meeting->number, 1, __ATOMIC_ACQ_REL);
        syscall(SYS_futex, &meeting->number, FUTEX_WAKE_PRIVATE, meeting->parties, NULL, NULL, 0);
        return true;
    }
    long until = now() + milliseconds;
    while (!wait_for_change(&meeting->number, seen, until))
        if (leave(meeting, seen))
            return false;
        else
            until = now() + milliseconds; // the last one has come: it wakes us presently
    return true;
}
