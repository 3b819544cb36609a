// Linked into every judged program; see include/racelings/rendezvous.h. Never instrumented, and
// waits by raw system calls, so that ThreadSanitizer sees neither its accesses nor its waiting;
// Helgrind is told to look away.

#define _GNU_SOURCE
#include "../include/racelings/rendezvous.h"

#include <errno.h>
#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <valgrind/helgrind.h>

// Waiting is counted in slices, not read off a clock: where the whole machine stands still for some
// seconds, only one slice of a waiting thread's patience goes, and the others get their turn.
enum { SLICE_MS = 100 };

// Waits until `*number` is no longer `seen`. Returns false after `milliseconds` in vain.
static bool wait_for_change(int *number, int seen, int milliseconds)
{
    int left = milliseconds;
    while (__atomic_load_n(number, __ATOMIC_ACQUIRE) == seen) {
        if (left <= 0)
            return false;
        int slice = left < SLICE_MS ? left : SLICE_MS;
        const struct timespec timeout = {0, slice * 1000000};
        if (syscall(SYS_futex, number, FUTEX_WAIT_PRIVATE, seen, &timeout, NULL, 0) != 0 &&
            errno == ETIMEDOUT)
            left -= slice;
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
    // If it is too late to leave, the last one has come and wakes us presently.
    while (!wait_for_change(&meeting->number, seen, milliseconds))
        if (leave(meeting, seen))
            return false;
    return true;
}
