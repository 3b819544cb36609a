// Linked into every judged program; see include/racelings/rendezvous.h. Never instrumented, and
// waits by raw system calls, so that ThreadSanitizer sees neither its accesses nor its waiting;
// Helgrind is told to look away.
//
// Patience is counted on a clock of the meetings' own. Of all who wait, the one who would give up
// first lets it go on, by each slice of time that he has waited in vain; and right to his own end
// where the process is proved to be at rest (rest.h), so that nobody can come any more. So all give
// up in the same order as if they had waited all the time. Not read off a real clock: where the
// whole machine stands still for some seconds, only one slice goes, and the others get their turn.

#define _GNU_SOURCE
#include "../include/racelings/rendezvous.h"

#include "rest.h"
#include "task.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <valgrind/helgrind.h>

enum { FIRST_SLICE_MS = 1, SLICE_MS = 32 };

// ---- Who waits ----

// A thread that waits, on its own stack.
struct waiter {
    long number;          // as /proc counts threads; 0: not known
    unsigned long ticket; // no other has it
    long deadline;        // on the meetings' clock
    struct rendezvous *meeting;
    int seen;            // meetings held when it came
    struct waiter *next; // gives up later; or as early, but came later
};

// A forked child finds it as some thread of its parent's left it.
static struct {
    int owner;             // the process of the thread that has it to itself; 0: nobody has
    int process;           // whose threads wait
    long now;              // milliseconds
    unsigned long tickets; // given away
    struct waiter *first;
} meetings;

// By yielding: a thread that waits for its turn is not asleep.
static void lock_meetings(void)
{
    int self = (int)syscall(SYS_getpid), owner = 0;
    while (!__atomic_compare_exchange_n(&meetings.owner, &owner, self, false, __ATOMIC_ACQUIRE,
                                        __ATOMIC_RELAXED))
        if (owner == self) {
            syscall(SYS_sched_yield);
            owner = 0;
        }
    if (meetings.process != self) {
        meetings.process = self;
        meetings.first = NULL;
    }
}

static void unlock_meetings(void)
{
    __atomic_store_n(&meetings.owner, 0, __ATOMIC_RELEASE);
}

static void join_waiters(struct waiter *self, int milliseconds)
{
    self->number = asleep_own_number();
    lock_meetings();
    self->ticket = ++meetings.tickets;
    self->deadline = meetings.now + milliseconds;
    struct waiter **place = &meetings.first;
    while (*place != NULL && (*place)->deadline <= self->deadline)
        place = &(*place)->next;
    self->next = *place;
    *place = self;
    unlock_meetings();
}

static void leave_waiters(const struct waiter *self)
{
    lock_meetings();
    struct waiter **place = &meetings.first;
    while (*place != self)
        place = &(*place)->next;
    *place = self->next;
    unlock_meetings();
}

static bool is_held(const struct waiter *waiter)
{
    return __atomic_load_n(&waiter->meeting->number, __ATOMIC_ACQUIRE) != waiter->seen;
}

// The ticket of a thread that waits for others to come; 0 if it does not. See rendezvous_at_rest.
static unsigned long ticket_of(long number)
{
    unsigned long ticket = 0;
    lock_meetings();
    for (const struct waiter *waiter = meetings.first; waiter != NULL; waiter = waiter->next)
        if (waiter->number == number && !is_held(waiter))
            ticket = waiter->ticket;
    unlock_meetings();
    return ticket;
}

// ---- Time ----

static bool gives_up_first(const struct waiter *self)
{
    lock_meetings();
    bool first = meetings.first == self;
    unlock_meetings();
    return first;
}

// For the one who gives up first. Returns whether its patience is over.
static bool let_pass(const struct waiter *self, int milliseconds)
{
    lock_meetings();
    bool over = false;
    if (meetings.first == self) { // still: one with less patience may have come
        long left = self->deadline - meetings.now;
        meetings.now += milliseconds < left ? milliseconds : left;
        over = meetings.now == self->deadline;
    }
    unlock_meetings();
    return over;
}

// Sleeps until somebody may have come. Returns false if the time went by in vain.
static bool wait_for_change(const struct waiter *self, int milliseconds)
{
    const struct timespec timeout = {0, milliseconds * 1000000L};
    return syscall(SYS_futex, &self->meeting->number, FUTEX_WAIT_PRIVATE, self->seen, &timeout,
                   NULL, 0) == 0 ||
           errno != ETIMEDOUT;
}

// Waits until the meeting is held. Returns false when patience is over.
static bool wait_patiently(const struct waiter *self)
{
    unsigned long last_look = 0;
    int slice = FIRST_SLICE_MS;
    while (!is_held(self)) {
        if (wait_for_change(self, slice))
            continue;
        bool first = gives_up_first(self);
        unsigned long look = first ? rendezvous_at_rest(self->number, ticket_of) : 0;
        bool at_rest = look != 0 && look == last_look;
        if (first && let_pass(self, at_rest ? INT_MAX : slice))
            return false;
        slice = look != 0 ? FIRST_SLICE_MS : slice < SLICE_MS ? 2 * slice : SLICE_MS;
        last_look = look;
    }
    return true;
}

// ---- The meeting ----

// Takes back an arrival. False if the meeting was held meanwhile: it is too late to leave.
static bool take_back(struct rendezvous *meeting, int seen)
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
    struct waiter self = {.meeting = meeting, .seen = seen};
    VALGRIND_HG_DISABLE_CHECKING(&meetings, sizeof meetings);
    VALGRIND_HG_DISABLE_CHECKING(&self, sizeof self);
    join_waiters(&self, milliseconds);
    // If it is too late to leave, the last one has come and wakes us presently.
    bool held = true;
    while (held && !wait_patiently(&self))
        held = !take_back(meeting, seen);
    leave_waiters(&self);
    VALGRIND_HG_ENABLE_CHECKING(&self, sizeof self);
    return held;
}
