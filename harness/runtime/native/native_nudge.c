// The listener of atomics.h in programs that are judged by their result alone, and wrappers of the
// calls in native.wrap. Plain runs lose an update between "atomic load" and "atomic store", or
// between one critical section and the next, only by luck: here the schedule helps.
//
// RACELINGS_NUDGE=N, N > 0, seeds it; without it nothing is ever held. Each operation is a point.
// Before a store, before and after an update, after a load, an unlock, a post or a try that got
// what it tried for, a thread may hold: it sleeps until other threads have passed ENOUGH points.
//
// A thread's first hold is at its first point with N = 1, at its second with N = 2, and so on up to
// FIRSTS, then at its first again: a bug that happens but once in a program's life shows if it is
// run with N = 1, 2, 3, 4. Besides, each thread has a plan of its own for each place, which is a
// call in the program's code, so that a driver with many operations does not use up what a
// student's code should get: at one of the first FIRSTS times that it comes there, another one for
// each thread and each N; then, at most HOLDS times, at random and about twice as far apart each
// time: dense at the start, and yet all over a long run.
//
// One thread holds at a time, so that the others run; who wanted to hold meanwhile does so at its
// next point.
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
#include <stdlib.h>
#include <sys/single_threaded.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "../common/atomics.h"
#include "../common/task_state.h"

enum { ENOUGH = 8, HOLDS = 8, FIRSTS = 4, PLACES = 64 };
enum { MISSING = 0xff, A_HOLD = MISSING + 1 };       // the two halves of the word below
static const int64_t LOOK_NS = 100 * 1000;           // how often a holder looks around
static const int64_t COMPUTED_NS = 2 * 1000 * 1000;  // processor time
static const int64_t LONGEST_NS = 500 * 1000 * 1000; // wall time
static const int64_t VAIN_NS = 100 * 1000 * 1000;    // all vain holds together

static uint64_t seed; // 0: never hold
// Low byte: points still missing until the holder goes on; 0: nobody holds. Above it: which hold it
// is, so that a thread that wakes late knows its own is over.
static uint32_t current;
static uint32_t threads; // how many have met a point
static int64_t vain_ns;  // spent in vain

// What a thread knows of a place.
struct place {
    uint32_t points; // how often it could have held here
    uint32_t next;   // the point at which it will; 0: it was never here
    uint32_t holds;  // made so far
};

static __thread struct {
    uint32_t number;             // from 1, by the order of first points; 0: the thread is new
    uint32_t points;             // where it could have held, so far
    bool late;                   // it should have held, but another one did
    uint64_t random;             // state of the generator
    struct place places[PLACES]; // by hash: two that share one share its plan
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

struct entry { // what getdents64 gives
    uint64_t inode;
    int64_t offset;
    uint16_t length;
    uint8_t type;
    char name[];
};

// Whether any other thread of this process runs or could. This one, awake, would always be. By raw
// system calls, without cancellation points and memory: a point may lie in a signal handler.
static bool others_are_ready(void)
{
    int tasks =
        (int)syscall(SYS_openat, AT_FDCWD, "/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
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
            long thread = strtol(entry->name, NULL, 10); // 0: "." or ".."
            if (thread != 0 && thread != own)
                ready = racelings_task_state(thread) == 'R';
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

// Returns false if another thread holds.
static bool hold(void)
{
    uint32_t last = __atomic_load_n(&current, __ATOMIC_RELAXED), own = last / A_HOLD + 1;
    if ((last & MISSING) != 0 ||
        !__atomic_compare_exchange_n(&current, &last, own * A_HOLD + ENOUGH, false,
                                     __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
        return false;
    int error = errno;
    wait_for_others(own & UINT32_MAX / A_HOLD);
    errno = error;
    return true;
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

enum side { BEFORE, AFTER }; // the operation at a place

static struct place *place_of(const void *where, enum side side)
{
    uint64_t hash = ((uint64_t)(uintptr_t)where * 2 + side) * 0x9e3779b97f4a7c15u;
    return &self.places[hash >> 32 & (PLACES - 1)];
}

// Whether the plan of the place wants a hold now, the next one then being planned.
static bool is_due(struct place *place)
{
    if (place->next == 0)
        place->next = 1 + (uint32_t)((seed + self.number) % FIRSTS);
    if (++place->points < place->next || place->holds == HOLDS)
        return false;
    place->holds++;
    place->next = place->points + 1 + (uint32_t)(next_random() % (2 * place->points + 1));
    return true;
}

static void pass_and_perhaps_hold(const void *where, enum side side)
{
    if (seed == 0 || __libc_single_threaded)
        return;
    pass();
    if (self.number == 0) {
        self.number = __atomic_add_fetch(&threads, 1, __ATOMIC_RELAXED);
        self.random = seed * 1000003 + self.number;
    }
    bool first = ++self.points == 1 + (uint32_t)((seed - 1) % FIRSTS);
    bool due = is_due(place_of(where, side)) || first || self.late;
    if (!due || __atomic_load_n(&vain_ns, __ATOMIC_RELAXED) > VAIN_NS)
        return;
    self.late = !hold();
}

const bool atomic_stores_exchange = false; // on x86 it is another instruction, and orders more

bool atomic_begins(const struct atomic_operation *operation)
{
    if (operation->kind == ATOMIC_STORE || operation->kind == ATOMIC_UPDATE)
        pass_and_perhaps_hold(operation->place, BEFORE);
    return true;
}

void atomic_ends(const struct atomic_operation *operation, bool begun)
{
    (void)begun;
    if (operation->kind == ATOMIC_LOAD || operation->kind == ATOMIC_UPDATE)
        pass_and_perhaps_hold(operation->place, AFTER);
}

static void tried(int result, const void *where)
{
    if (result == 0)
        pass_and_perhaps_hold(where, AFTER);
    else
        pass();
}

// Acquiring: a point. Only behind a try may a thread hold: the others try too, and go on if that
// fails. Behind a lock they would all wait for it.
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
    int result = __real_pthread_mutex_trylock(mutex);
    tried(result, __builtin_return_address(0));
    return result;
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
    int result = __real_pthread_rwlock_tryrdlock(lock);
    tried(result, __builtin_return_address(0));
    return result;
}

int __real_pthread_rwlock_trywrlock(pthread_rwlock_t *lock);
int __wrap_pthread_rwlock_trywrlock(pthread_rwlock_t *lock);
int __wrap_pthread_rwlock_trywrlock(pthread_rwlock_t *lock)
{
    int result = __real_pthread_rwlock_trywrlock(lock);
    tried(result, __builtin_return_address(0));
    return result;
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
    int result = __real_pthread_spin_trylock(lock);
    tried(result, __builtin_return_address(0));
    return result;
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
    int result = __real_sem_trywait(semaphore);
    tried(result, __builtin_return_address(0));
    return result;
}

// Releasing: a place to hold, once it is done.
int __real_pthread_mutex_unlock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_unlock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    int result = __real_pthread_mutex_unlock(mutex);
    pass_and_perhaps_hold(__builtin_return_address(0), AFTER);
    return result;
}

int __real_pthread_rwlock_unlock(pthread_rwlock_t *lock);
int __wrap_pthread_rwlock_unlock(pthread_rwlock_t *lock);
int __wrap_pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
    int result = __real_pthread_rwlock_unlock(lock);
    pass_and_perhaps_hold(__builtin_return_address(0), AFTER);
    return result;
}

int __real_pthread_spin_unlock(pthread_spinlock_t *lock);
int __wrap_pthread_spin_unlock(pthread_spinlock_t *lock);
int __wrap_pthread_spin_unlock(pthread_spinlock_t *lock)
{
    int result = __real_pthread_spin_unlock(lock);
    pass_and_perhaps_hold(__builtin_return_address(0), AFTER);
    return result;
}

int __real_sem_post(sem_t *semaphore);
int __wrap_sem_post(sem_t *semaphore);
int __wrap_sem_post(sem_t *semaphore)
{
    int result = __real_sem_post(semaphore);
    pass_and_perhaps_hold(__builtin_return_address(0), AFTER);
    return result;
}
