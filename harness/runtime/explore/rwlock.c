// Reader-writer locks. What readers release, writers acquire; readers do not order each other.

#define _GNU_SOURCE
#include "sync.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

_Static_assert(sizeof(struct rwlock) <= sizeof(pthread_rwlock_t), "a lock fits");

static bool is_lock(const struct rwlock *lock)
{
    return lock->writer == 0 || owning_thread(lock->writer) != NULL;
}

static bool may_read(const struct thread *thread)
{
    const struct rwlock *lock = thread->next.object;
    return wait_given_up(thread) || !is_lock(lock) || lock->writer == 0;
}

static bool may_write(const struct thread *thread)
{
    const struct rwlock *lock = thread->next.object;
    bool free = lock->writer == 0 && lock->readers == 0;
    return wait_given_up(thread) || !is_lock(lock) || free;
}

static bool holds(const struct thread *thread, const struct rwlock *lock)
{
    for (uint32_t i = 0; i < thread->held_count && i < HELD_MOST; i++)
        if (thread->held[i].object == lock)
            return true;
    return false;
}

// The writer, or any one of the readers.
static const struct thread *holder(const struct thread *thread)
{
    const struct rwlock *lock = thread->next.object;
    if (lock->writer != 0)
        return owning_thread(lock->writer);
    if (lock->readers != 1)
        return NULL; // there may be others who let it in
    for (unsigned id = 0; id < engine->choosing.threads; id++)
        if (holds(thread_of(id), lock))
            return thread_of(id);
    return NULL;
}

static const struct waiting for_reading = {"waits to read under a lock", may_read, holder};
static const struct waiting for_writing = {"waits to write under a lock", may_write, holder};

// What is no lock is one from then on, a free one.
static void check_is_lock(struct rwlock *lock, uintptr_t pc)
{
    if (lock->magic == SYNC_DESTROYED)
        misuse(lock, pc, "locks a reader-writer lock that is destroyed");
    if (is_lock(lock))
        return;
    misuse(lock, pc,
           "locks a reader-writer lock that was never initialised, or has been written over");
    *lock = (struct rwlock){0};
}

// Its kind stays where glibc has it, which its static initialisers fill in.
static void set_kind(struct rwlock *lock, int kind)
{
    ((pthread_rwlock_t *)lock)->__data.__flags = (unsigned)kind;
}

static bool lets_writers_first(const struct rwlock *lock)
{
    return ((const pthread_rwlock_t *)lock)->__data.__flags ==
           PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP;
}

// Who comes again to a lock of that kind waits for a writer who may have come meanwhile, and who
// waits for it to leave. No such wait is followed here: it is wrong to come again, whoever comes.
static void check_comes_once(struct rwlock *lock, uintptr_t pc)
{
    if (lets_writers_first(lock) && holds(thread_self(), lock))
        misuse(lock, pc,
               "reads again under a lock that lets waiting writers go first: were one to wait, "
               "neither could go on");
}

static void take_reading(struct rwlock *lock, uintptr_t pc)
{
    lock->readers++;
    lock_held(lock, false, pc);
    clock_acquire(lock);
    progress_of_lock();
}

static void take_writing(struct rwlock *lock, uintptr_t pc)
{
    lock->writer = thread_self()->id + 1;
    lock_held(lock, false, pc);
    clock_acquire(lock);
    clock_acquire_shared(lock);
    progress_of_lock();
}

static bool is_writer(const struct rwlock *lock)
{
    return lock->writer == thread_self()->id + 1;
}

// What a lock gives whose deadline has passed.
static int in_vain(void)
{
    point_in_vain(OP_RW_TRY);
    return ETIMEDOUT;
}

static int lock_reading(struct rwlock *lock, uint64_t deadline, uintptr_t pc)
{
    object_used(lock, sizeof *lock, pc);
    check_is_lock(lock, pc);
    if (is_writer(lock))
        return EDEADLK;
    check_comes_once(lock, pc);
    pick_lateness(deadline, pc);
    point_until(deadline, &for_reading, OP_READ_LOCK, lock, NULL, pc);
    heap_check(lock, sizeof *lock, pc);
    check_is_lock(lock, pc);
    if (lock->writer != 0)
        return in_vain();
    take_reading(lock, pc);
    return 0;
}

static int lock_writing(struct rwlock *lock, uint64_t deadline, uintptr_t pc)
{
    object_used(lock, sizeof *lock, pc);
    check_is_lock(lock, pc);
    if (is_writer(lock))
        return EDEADLK;
    pick_lateness(deadline, pc);
    point_until(deadline, &for_writing, OP_WRITE_LOCK, lock, NULL, pc);
    heap_check(lock, sizeof *lock, pc);
    check_is_lock(lock, pc);
    if (lock->writer != 0 || lock->readers != 0)
        return in_vain();
    take_writing(lock, pc);
    return 0;
}

static int try_lock(struct rwlock *lock, bool writing, uintptr_t pc)
{
    object_used(lock, sizeof *lock, pc);
    check_is_lock(lock, pc);
    point(OP_RW_TRY, lock, NULL, pc);
    heap_check(lock, sizeof *lock, pc);
    if (lock->writer != 0 || (writing && lock->readers != 0)) {
        look(pc, lock, (uint64_t)(lock->writer + lock->readers), true);
        return EBUSY;
    }
    point_detail(writing ? 2 : 1);
    if (writing)
        take_writing(lock, pc);
    else
        take_reading(lock, pc);
    return 0;
}

static int unlock(struct rwlock *lock, uintptr_t pc)
{
    object_used(lock, sizeof *lock, pc);
    point(OP_RW_UNLOCK, lock, NULL, pc);
    heap_check(lock, sizeof *lock, pc);
    point_detail((uint64_t)lock->readers);
    struct thread *writer = owning_thread(lock->writer);
    if (!is_lock(lock) || (writer == NULL && lock->readers == 0)) {
        misuse(lock, pc, "unlocks a reader-writer lock that is not locked");
        return 0;
    }
    if (writer != NULL) {
        if (!is_writer(lock))
            misuse(lock, pc, "unlocks a reader-writer lock that %s has locked",
                   thread_title(writer->id).text);
        lock_released(writer, lock);
        clock_release(lock);
        lock->writer = 0;
    } else {
        lock_released(thread_self(), lock);
        clock_release_shared(lock);
        lock->readers--;
    }
    effect_of_lock(lock);
    return 0;
}

// ---- The program's calls ----

int __wrap_pthread_rwlock_init(struct rwlock *lock, const pthread_rwlockattr_t *attributes);
int __wrap_pthread_rwlock_init(struct rwlock *lock, const pthread_rwlockattr_t *attributes)
{
    int kind = PTHREAD_RWLOCK_DEFAULT_NP;
    object_made(lock, sizeof(pthread_rwlock_t), HERE());
    memset(lock, 0, sizeof(pthread_rwlock_t));
    if (attributes != NULL)
        range_read(attributes, sizeof *attributes, HERE());
    if (attributes != NULL && pthread_rwlockattr_getkind_np(attributes, &kind) == 0)
        set_kind(lock, kind);
    return 0;
}

int __wrap_pthread_rwlock_destroy(struct rwlock *lock);
int __wrap_pthread_rwlock_destroy(struct rwlock *lock)
{
    uintptr_t pc = HERE();
    object_made(lock, sizeof(pthread_rwlock_t), pc);
    if (lock->writer != 0 || lock->readers != 0)
        misuse(lock, pc, "destroys a reader-writer lock that is locked");
    lock->magic = SYNC_DESTROYED;
    return 0;
}

int __wrap_pthread_rwlock_rdlock(struct rwlock *lock);
int __wrap_pthread_rwlock_rdlock(struct rwlock *lock)
{
    return lock_reading(lock, 0, HERE());
}

int __wrap_pthread_rwlock_wrlock(struct rwlock *lock);
int __wrap_pthread_rwlock_wrlock(struct rwlock *lock)
{
    return lock_writing(lock, 0, HERE());
}

int __wrap_pthread_rwlock_tryrdlock(struct rwlock *lock);
int __wrap_pthread_rwlock_tryrdlock(struct rwlock *lock)
{
    return try_lock(lock, false, HERE());
}

int __wrap_pthread_rwlock_trywrlock(struct rwlock *lock);
int __wrap_pthread_rwlock_trywrlock(struct rwlock *lock)
{
    return try_lock(lock, true, HERE());
}

int __wrap_pthread_rwlock_timedrdlock(struct rwlock *lock, const struct timespec *deadline);
int __wrap_pthread_rwlock_timedrdlock(struct rwlock *lock, const struct timespec *deadline)
{
    return lock_reading(lock, deadline_of(deadline, CLOCK_REALTIME), HERE());
}

int __wrap_pthread_rwlock_timedwrlock(struct rwlock *lock, const struct timespec *deadline);
int __wrap_pthread_rwlock_timedwrlock(struct rwlock *lock, const struct timespec *deadline)
{
    return lock_writing(lock, deadline_of(deadline, CLOCK_REALTIME), HERE());
}

int __wrap_pthread_rwlock_clockrdlock(struct rwlock *lock, clockid_t clock,
                                      const struct timespec *deadline);
int __wrap_pthread_rwlock_clockrdlock(struct rwlock *lock, clockid_t clock,
                                      const struct timespec *deadline)
{
    return lock_reading(lock, deadline_of(deadline, clock), HERE());
}

int __wrap_pthread_rwlock_clockwrlock(struct rwlock *lock, clockid_t clock,
                                      const struct timespec *deadline);
int __wrap_pthread_rwlock_clockwrlock(struct rwlock *lock, clockid_t clock,
                                      const struct timespec *deadline)
{
    return lock_writing(lock, deadline_of(deadline, clock), HERE());
}

int __wrap_pthread_rwlock_unlock(struct rwlock *lock);
int __wrap_pthread_rwlock_unlock(struct rwlock *lock)
{
    return unlock(lock, HERE());
}
