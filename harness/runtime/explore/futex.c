// System calls that programs make by number: futexes, and what a thread's own number is. All others
// are not followed.
//
// A futex is a word at which threads sleep. It orders nothing by itself: that is for the atomic
// operations on the word. Looking at the word and falling asleep are one step.

#define _GNU_SOURCE
#include "driver_statics.h"
#include "heap.h"
#include "races.h"
#include "sync.h"

#include <errno.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

// How a call is made, without what says whose word it is and which clock it goes by.
static int command_of(int operation)
{
    return operation & FUTEX_CMD_MASK;
}

static bool is_woken(const struct thread *thread)
{
    return thread->signalled || wait_given_up(thread);
}

static const struct waiting for_waker = {"waits at a futex", is_woken, NULL};

static bool sleeps_at(const struct thread *thread, const uint32_t *word)
{
    return !thread->ended && thread->next.op == OP_FUTEX && thread->next.object == word &&
           thread->waiting == &for_waker && !is_woken(thread);
}

// Fills in who sleeps at the word, by thread; gives how many they are.
static unsigned sleepers_at(const uint32_t *word, struct thread *found[THREADS_MAX])
{
    unsigned count = 0;
    for (unsigned id = 0; id < engine->choosing.threads; id++)
        if (sleeps_at(thread_of(id), word))
            found[count++] = thread_of(id);
    return count;
}

// What the kernel does when it looks at the word.
static uint32_t value_at(const uint32_t *word, uintptr_t pc)
{
    heap_check_access(word, sizeof *word, ACCESS_ATOMIC, pc);
    driver_statics_check(word, sizeof *word, ACCESS_ATOMIC, pc);
    races_access(word, sizeof *word, ACCESS_ATOMIC, pc);
    return *word;
}

static long fails(int error)
{
    errno = error;
    return -1;
}

// `deadline`: in virtual nanoseconds, 0: none.
static long futex_wait(const uint32_t *word, uint32_t expected, uint64_t deadline, uintptr_t pc)
{
    struct thread *self = thread_self();
    point(OP_FUTEX, word, NULL, pc);
    uint32_t value = value_at(word, pc);
    if (value != expected) {
        look(pc, word, value, true);
        return fails(EAGAIN);
    }
    progress();
    self->signalled = pick_spurious(1) != 0;
    bool woken = point_until(deadline, &for_waker, OP_FUTEX, word, NULL, pc);
    bool signalled = self->signalled;
    self->signalled = false;
    return woken || signalled ? 0 : fails(ETIMEDOUT);
}

// Gives how many were woken. Who is, when not all are, is a choice for the last of them only.
static long futex_wake(const uint32_t *word, int most, uintptr_t pc)
{
    struct thread *found[THREADS_MAX];
    long woken = 0;
    point(OP_FUTEX, word, NULL, pc);
    progress();
    engine->stalled = 0;
    unsigned count = sleepers_at(word, found);
    for (; count > 0 && woken + 1 < most; woken++)
        found[--count]->signalled = true;
    if (count > 0 && woken < most) {
        found[pick_among(count)]->signalled = true;
        woken++;
    }
    return woken;
}

// FUTEX_WAIT is told for how long, FUTEX_WAIT_BITSET until when.
static uint64_t futex_deadline(int operation, const struct timespec *limit)
{
    static const uint64_t NS = 1000000000;
    if (limit == NULL)
        return 0;
    if (command_of(operation) == FUTEX_WAIT_BITSET)
        return deadline_of(limit, (operation & FUTEX_CLOCK_REALTIME) != 0 ? CLOCK_REALTIME
                                                                          : CLOCK_MONOTONIC);
    return deadline_after((uint64_t)limit->tv_sec * NS + (uint64_t)limit->tv_nsec);
}

// The words of a call: what syscall() was given behind the number. Those that it was not given hold
// anything, and are not looked at.
enum { WORD, OPERATION, VALUE, LIMIT, SECOND_WORD, BITS, WORDS };

// The kinds that are not followed write to words themselves, which ThreadSanitizer does not see: an
// exercise, in which nobody needs them, is not judged without the explorer because of them.
static long futex(const long words[WORDS], uintptr_t pc)
{
    const uint32_t *word = (const uint32_t *)words[WORD];
    int operation = (int)words[OPERATION], command = command_of(operation);
    uint32_t value = (uint32_t)words[VALUE], bits = (uint32_t)words[BITS];
    bool whole = command == FUTEX_WAIT || command == FUTEX_WAKE || bits == FUTEX_BITSET_MATCH_ANY;
    const struct timespec *limit = (const struct timespec *)words[LIMIT];
    if (whole && (command == FUTEX_WAIT || command == FUTEX_WAIT_BITSET))
        return futex_wait(word, value, futex_deadline(operation, limit), pc);
    if (whole && (command == FUTEX_WAKE || command == FUTEX_WAKE_BITSET))
        return futex_wake(word, (int)value, pc);
    if (driver_is_there())
        return fails(ENOSYS);
    thread_self()->next.pc = pc;
    run_end(ENDED_UNSUPPORTED, "this kind of futex");
}

// The program may have a getpid of its own, which asks the kernel by syscall().
static pid_t process_number(void)
{
    return (pid_t)syscall(SYS_getpid);
}

// To the kernel all threads are one.
static pid_t own_number(void)
{
    return process_number() + (pid_t)thread_self()->id;
}

pid_t __wrap_gettid(void);
pid_t __wrap_gettid(void)
{
    return own_number();
}

long __wrap_syscall(long number, ...);
long __wrap_syscall(long number, ...)
{
    uintptr_t pc = HERE();
    long words[WORDS];
    va_list arguments;
    va_start(arguments, number);
    for (int i = 0; i < WORDS; i++)
        words[i] = va_arg(arguments, long);
    va_end(arguments);
    if (number == SYS_gettid)
        return own_number();
    if (number == SYS_getpid)
        return process_number();
    if (number == SYS_futex)
        return futex(words, pc);
    thread_self()->next.pc = pc;
    run_end(ENDED_UNSUPPORTED, "syscall");
}
