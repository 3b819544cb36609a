// The listener of atomics.h in programs that are judged by their result alone, and wrappers of the
// calls in native.wrap. Plain runs lose an update between "atomic load" and "atomic store", or
// between one critical section and the next, only by luck: here the schedule helps.
//
// RACELINGS_NUDGE=N, N > 0, seeds it; without it nothing is ever held. Each operation is a point.
// Before a store, before and after an update, after a load, an unlock or a post, a thread may hold:
// it sleeps until other threads have passed ENOUGH points. The first of these places is the
// thread's first with N = 1, its second with N = 2, and so on up to FIRSTS, then the first again: a
// bug that happens but once in a program's life shows if it is run with N = 1, 2, 3, 4. The next
// ones, at most HOLDS, lie at random and about twice as far apart each time: dense at the start,
// and yet all over a long run. One thread holds at a time, so that the others run.
//
// A correct program must not be slowed down much, nor stopped: a hold ends in vain when no other
// thread is running or ready to run (they may all wait for this one), when the others have computed
// for COMPUTED_NS without passing enough points, and at the latest after LONGEST_NS, which only a
// very busy machine needs. Once vain holds have cost the process VAIN_NS there are no more. What
// counts there is what a hold would have cost on an idle machine: the time for which the others
// computed, not for which other processes did.
//
// While nobody holds, a point costs a few instructions and no fence, which would hide the
// reorderings of relaxed atomics.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/single_threaded.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "atomics.h"

enum { ENOUGH = 8, HOLDS = 16, FIRSTS = 4 };
enum { MISSING = 0xff, A_HOLD = MISSING + 1 }; // the two halves of the word below
static const int64_t LOOK_NS = 200 * 1000;           // how often a holder looks around
static const int64_t COMPUTED_NS = 2 * 1000 * 1000;  // processor time
static const int64_t LONGEST_NS = 500 * 1000 * 1000; // wall time
static const int64_t VAIN_NS = 60 * 1000 * 1000;     // all vain holds together

static uint64_t seed; // 0: never hold
// Low byte: points still missing until the holder goes on; 0: nobody holds. Above it: which hold it
// is, so that a thread that wakes late knows its own is over.
static uint32_t current;
static uint32_t threads; // how many have met a point
static int64_t vain_ns;  // spent in vain

static __thread struct {
    uint64_t random;   // state of the generator; 0: the thread is new
    uint32_t points;   // where it could have held, so far
    uint32_t next;     // the point at which it will
    uint32_t holds;    // made so far
} self;

__attribute__((constructor)) static void read_seed(void)
{
    const char *text = getenv("RACELINGS_NUDGE");
    if (text != NULL)
        seed = strtoull(text, NULL, 10);
}

// splitmix64: good from any seed, also from 1, 2, 3.
static uint64_t next_random(void)
{
    uint64_t mixed = self.random += 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return mixed ^ mixed >> 31;
}

static int64_t now(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

// Raw, without the C library's cancellation points and memory: a point may lie in a signal handler.
static ssize_t read_at(int folder, const char *name, char *text, size_t size)
{
    int fd = (int)syscall(SYS_openat, folder, name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    ssize_t length = syscall(SYS_read, fd, text, size - 1);
    syscall(SYS_close, fd);
    text[length > 0 ? length : 0] = '\0';
    return length;
}

// "R" in /proc/self/task/TID/stat, behind the name in parentheses.
static bool is_ready(int tasks, const char *thread)
{
    char name[48], text[512];
    snprintf(name, sizeof name, "%s/stat", thread);
    if (read_at(tasks, name, text, sizeof text) <= 0)
        return false;
    const char *end_of_name = strrchr(text, ')');
    return end_of_name != NULL && strncmp(end_of_name, ") R", 3) == 0;
}

struct entry { // what getdents64 gives
    uint64_t inode;
    int64_t offset;
    uint16_t length;
    uint8_t type;
    char name[];
};

// Whether any other thread of this process runs or could. This one, awake, would always be.
static bool others_are_ready(void)
{
    int tasks = (int)syscall(SYS_openat, AT_FDCWD, "/proc/self/task",
                             O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (tasks < 0)
        return false;
    long own = syscall(SYS_gettid);
    bool ready = false;
    _Alignas(struct entry) char entries[2048];
    long size;
    while (!ready && (size = syscall(SYS_getdents64, tasks, entries, sizeof entries)) > 0) {
        for (long at = 0; at < size && !ready;) {
            const struct entry *entry = (const struct entry *)(const void *)(entries + at);
            at += entry->length;
            if (entry->name[0] != '.' && strtol(entry->name, NULL, 10) != own)
                ready = is_ready(tasks, entry->name);
        }
    }
    syscall(SYS_close, tasks);
    return ready;
}

static uint32_t current_hold(void)
{
    return __atomic_load_n(&current, __ATOMIC_ACQUIRE);
}

// Sleeps until the others have ended the hold `own` by passing points, or it makes no sense to
// wait.
static void wait_for_others(uint32_t own)
{
    const struct timespec look = {0, LOOK_NS};
    int64_t begun = now(CLOCK_MONOTONIC), computed = now(CLOCK_PROCESS_CPUTIME_ID);
    uint32_t seen;
    while (((seen = current_hold()) & MISSING) != 0 && seen / A_HOLD == own) {
        // Only the last of the missing points wakes it.
        long woken = syscall(SYS_futex, &current, FUTEX_WAIT_PRIVATE, seen, &look, NULL, 0);
        if (woken == 0 || errno != ETIMEDOUT || current_hold() != seen)
            continue;
        int64_t held = now(CLOCK_MONOTONIC) - begun;
        int64_t spent = now(CLOCK_PROCESS_CPUTIME_ID) - computed;
        if (held <= LONGEST_NS && spent <= COMPUTED_NS && others_are_ready())
            continue;
        if (__atomic_compare_exchange_n(&current, &seen, own * A_HOLD, false, __ATOMIC_ACQ_REL,
                                        __ATOMIC_RELAXED)) {
            int64_t price = held > LONGEST_NS ? held : spent + LOOK_NS;
            __atomic_fetch_add(&vain_ns, price, __ATOMIC_RELAXED);
            return;
        }
    }
}

static void hold(void)
{
    uint32_t last = __atomic_load_n(&current, __ATOMIC_RELAXED), own = last / A_HOLD + 1;
    if (__libc_single_threaded || (last & MISSING) != 0 ||
        __atomic_load_n(&vain_ns, __ATOMIC_RELAXED) > VAIN_NS ||
        !__atomic_compare_exchange_n(&current, &last, own * A_HOLD + ENOUGH, false,
                                     __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
        return; // and try again at the thread's next point
    int error = errno;
    wait_for_others(own & UINT32_MAX / A_HOLD);
    errno = error;
    self.holds++;
    self.next = self.points + 1 + (uint32_t)(next_random() % (2 * self.points + 1));
}

// Another thread may be waiting for this. When two pass at once, one of them may not count.
static void pass(void)
{
    uint32_t seen = __atomic_load_n(&current, __ATOMIC_RELAXED);
    if ((seen & MISSING) == 0)
        return;
    if (__atomic_compare_exchange_n(&current, &seen, seen - 1, false, __ATOMIC_ACQ_REL,
                                    __ATOMIC_RELAXED) &&
        (seen & MISSING) == 1) {
        int error = errno;
        syscall(SYS_futex, &current, FUTEX_WAKE_PRIVATE, INT32_MAX, NULL, NULL, 0);
        errno = error;
    }
}

static void pass_and_perhaps_hold(void)
{
    if (seed == 0)
        return;
    pass();
    if (self.holds == HOLDS)
        return;
    if (self.random == 0) {
        self.random = seed * 1000003 + __atomic_add_fetch(&threads, 1, __ATOMIC_RELAXED);
        self.next = 1 + (uint32_t)((seed - 1) % FIRSTS);
    }
    if (++self.points >= self.next)
        hold();
}

bool atomic_begins(const volatile void *object, size_t size, enum atomic_kind kind, int order)
{
    (void)object, (void)size, (void)order;
    if (kind == ATOMIC_STORE || kind == ATOMIC_UPDATE)
        pass_and_perhaps_hold();
    return true;
}

void atomic_ends(bool begun, const volatile void *object, size_t size, enum atomic_kind kind,
                 int order)
{
    (void)begun, (void)object, (void)size, (void)order;
    if (kind == ATOMIC_LOAD || kind == ATOMIC_UPDATE)
        pass_and_perhaps_hold();
}

// Acquiring: a point, but no place to hold.
int __real_pthread_mutex_lock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_lock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_lock(pthread_mutex_t *mutex)
{
    pass();
    return __real_pthread_mutex_lock(mutex);
}

int __real_pthread_mutex_trylock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_trylock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    pass();
    return __real_pthread_mutex_trylock(mutex);
}

int __real_pthread_rwlock_rdlock(pthread_rwlock_t *lock);
int __wrap_pthread_rwlock_rdlock(pthread_rwlock_t *lock);
int __wrap_pthread_rwlock_rdlock(pthread_rwlock_t *lock)
{
    pass();
    return __real_pthread_rwlock_rdlock(lock);
}

int __real_pthread_rwlock_wrlock(pthread_rwlock_t *lock);
int __wrap_pthread_rwlock_wrlock(pthread_rwlock_t *lock);
int __wrap_pthread_rwlock_wrlock(pthread_rwlock_t *lock)
{
    pass();
    return __real_pthread_rwlock_wrlock(lock);
}

int __real_pthread_rwlock_tryrdlock(pthread_rwlock_t *lock);
int __wrap_pthread_rwlock_tryrdlock(pthread_rwlock_t *lock);
int __wrap_pthread_rwlock_tryrdlock(pthread_rwlock_t *lock)
{
    pass();
    return __real_pthread_rwlock_tryrdlock(lock);
}

int __real_pthread_rwlock_trywrlock(pthread_rwlock_t *lock);
int __wrap_pthread_rwlock_trywrlock(pthread_rwlock_t *lock);
int __wrap_pthread_rwlock_trywrlock(pthread_rwlock_t *lock)
{
    pass();
    return __real_pthread_rwlock_trywrlock(lock);
}

int __real_pthread_spin_lock(pthread_spinlock_t *lock);
int __wrap_pthread_spin_lock(pthread_spinlock_t *lock);
int __wrap_pthread_spin_lock(pthread_spinlock_t *lock)
{
    pass();
    return __real_pthread_spin_lock(lock);
}

int __real_pthread_spin_trylock(pthread_spinlock_t *lock);
int __wrap_pthread_spin_trylock(pthread_spinlock_t *lock);
int __wrap_pthread_spin_trylock(pthread_spinlock_t *lock)
{
    pass();
    return __real_pthread_spin_trylock(lock);
}

int __real_sem_wait(sem_t *semaphore);
int __wrap_sem_wait(sem_t *semaphore);
int __wrap_sem_wait(sem_t *semaphore)
{
    pass();
    return __real_sem_wait(semaphore);
}

int __real_sem_trywait(sem_t *semaphore);
int __wrap_sem_trywait(sem_t *semaphore);
int __wrap_sem_trywait(sem_t *semaphore)
{
    pass();
    return __real_sem_trywait(semaphore);
}

// Releasing: a place to hold, once it is done.
int __real_pthread_mutex_unlock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_unlock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    int result = __real_pthread_mutex_unlock(mutex);
    pass_and_perhaps_hold();
    return result;
}

int __real_pthread_rwlock_unlock(pthread_rwlock_t *lock);
int __wrap_pthread_rwlock_unlock(pthread_rwlock_t *lock);
int __wrap_pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
    int result = __real_pthread_rwlock_unlock(lock);
    pass_and_perhaps_hold();
    return result;
}

int __real_pthread_spin_unlock(pthread_spinlock_t *lock);
int __wrap_pthread_spin_unlock(pthread_spinlock_t *lock);
int __wrap_pthread_spin_unlock(pthread_spinlock_t *lock)
{
    int result = __real_pthread_spin_unlock(lock);
    pass_and_perhaps_hold();
    return result;
}

int __real_sem_post(sem_t *semaphore);
int __wrap_sem_post(sem_t *semaphore);
int __wrap_sem_post(sem_t *semaphore)
{
    int result = __real_sem_post(semaphore);
    pass_and_perhaps_hold();
    return result;
}
