// Mutexes of all types, robust ones too.

#include "sync.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

_Static_assert(sizeof(struct mutex) <= sizeof(pthread_mutex_t), "a mutex fits");
_Static_assert(offsetof(struct mutex, kind) == offsetof(pthread_mutex_t, __data.__kind),
               "the kind stands where static initialisers put it");

static int type_of(const struct mutex *mutex)
{
    return mutex->kind & MUTEX_TYPE;
}

static bool is_own(const struct mutex *mutex, const struct thread *thread)
{
    return mutex->held && mutex->owner == thread->id + 1;
}

static struct thread *owner_of(const struct mutex *mutex)
{
    return mutex->held ? owning_thread(mutex->owner) : NULL;
}

bool mutex_free_for(const void *object, const struct thread *thread)
{
    const struct mutex *mutex = object;
    if (owner_of(mutex) == NULL)
        return true;
    int type = type_of(mutex);
    return is_own(mutex, thread) && (type == MUTEX_RECURSIVE || type == MUTEX_ERROR_CHECK);
}

static bool may_lock(const struct thread *thread)
{
    return wait_given_up(thread) || mutex_free_for(thread->next.object, thread);
}

static const struct thread *lock_holder(const struct thread *thread)
{
    return owner_of(thread->next.object);
}

static const struct waiting for_mutex = {"waits for a mutex", may_lock, lock_holder};

int mutex_init(struct mutex *mutex, int kind, uintptr_t pc)
{
    object_made(mutex, sizeof(pthread_mutex_t), pc);
    memset(mutex, 0, sizeof(pthread_mutex_t));
    mutex->kind = kind;
    return 0;
}

int mutex_destroy(struct mutex *mutex, uintptr_t pc)
{
    object_made(mutex, sizeof(pthread_mutex_t), pc);
    if (mutex->magic == SYNC_DESTROYED)
        misuse(mutex, pc, "destroys a mutex that is destroyed already");
    else if (mutex->held)
        misuse(mutex, pc, "destroys a mutex that is locked");
    mutex->magic = SYNC_DESTROYED;
    return 0;
}

static void take(struct mutex *mutex, uintptr_t pc)
{
    mutex->held = 1;
    mutex->owner = thread_self()->id + 1;
    mutex->count = 1;
    lock_held(mutex, (mutex->kind & MUTEX_ROBUST) != 0, pc);
    clock_acquire(mutex);
    progress_of_lock();
}

static void let_go(struct mutex *mutex)
{
    clock_release(mutex);
    mutex->held = 0;
    mutex->owner = 0;
    effect_of_lock(mutex);
}

static void check_is_mutex(const struct mutex *mutex, uintptr_t pc)
{
    if (mutex->magic == SYNC_DESTROYED)
        misuse(mutex, pc, "locks a mutex that is destroyed");
    else if (mutex->held && owner_of(mutex) == NULL)
        misuse(mutex, pc, "locks a mutex that was never initialised, or has been written over");
}

// The calling thread may go on: it gets the mutex, or an error.
static int locked(struct mutex *mutex, uintptr_t pc)
{
    if (mutex->legacy == LEGACY_LOST)
        return ENOTRECOVERABLE;
    if (owner_of(mutex) == NULL) {
        take(mutex, pc);
        if (mutex->legacy == LEGACY_NONE)
            return 0;
        mutex->legacy = LEGACY_TAKEN;
        return EOWNERDEAD;
    }
    if (is_own(mutex, thread_self()) && type_of(mutex) == MUTEX_RECURSIVE) {
        mutex->count++;
        return 0;
    }
    return ETIMEDOUT;
}

// A mutex that checks gives the error to a call that can only fail, whatever the others do: to ask
// for that is no misuse. Nothing changes by it, so it is no point of choice.
static int refused(const struct mutex *mutex, int error, uintptr_t pc)
{
    event(pc);
    look(pc, mutex, (uint64_t)error, true);
    return error;
}

int mutex_lock(struct mutex *mutex, uint64_t deadline, enum op op, uintptr_t pc)
{
    object_used(mutex, sizeof *mutex, pc);
    check_is_mutex(mutex, pc);
    if (is_own(mutex, thread_self()) && type_of(mutex) == MUTEX_ERROR_CHECK)
        return refused(mutex, EDEADLK, pc);
    pick_lateness(deadline, pc);
    point_until(deadline, &for_mutex, op, mutex, NULL, pc);
    heap_check(mutex, sizeof *mutex, pc);
    check_is_mutex(mutex, pc);
    int error = locked(mutex, pc);
    if (error == ETIMEDOUT)
        point_in_vain(OP_TRYLOCK);
    return error;
}

int mutex_trylock(struct mutex *mutex, uintptr_t pc)
{
    object_used(mutex, sizeof *mutex, pc);
    check_is_mutex(mutex, pc);
    point(OP_TRYLOCK, mutex, NULL, pc);
    heap_check(mutex, sizeof *mutex, pc);
    bool own = is_own(mutex, thread_self());
    if (owner_of(mutex) != NULL && !(own && type_of(mutex) == MUTEX_RECURSIVE)) {
        look(pc, mutex, (uint64_t)mutex->owner, true);
        return EBUSY;
    }
    point_detail(1);
    return locked(mutex, pc);
}

int mutex_unlock(struct mutex *mutex, uintptr_t pc)
{
    struct thread *self = thread_self();
    object_used(mutex, sizeof *mutex, pc);
    bool asks = type_of(mutex) == MUTEX_ERROR_CHECK || (mutex->kind & MUTEX_ROBUST) != 0;
    if (asks && mutex->magic != SYNC_DESTROYED && !is_own(mutex, self))
        return refused(mutex, EPERM, pc);
    point(OP_UNLOCK, mutex, NULL, pc);
    heap_check(mutex, sizeof *mutex, pc);
    bool recursive = type_of(mutex) == MUTEX_RECURSIVE;
    struct thread *owner = owner_of(mutex);
    if (owner == NULL) {
        misuse(mutex, pc, "unlocks a mutex that is not locked");
        return recursive ? EPERM : 0;
    }
    if (owner != self) {
        misuse(mutex, pc, "unlocks a mutex that %s has locked", thread_title(owner->id).text);
        if (recursive)
            return EPERM;
    }
    if (recursive && --mutex->count > 0)
        return 0;
    lock_released(owner, mutex);
    if (mutex->legacy == LEGACY_TAKEN)
        mutex->legacy = LEGACY_LOST;
    let_go(mutex);
    return 0;
}

void mutex_abandon(struct mutex *mutex)
{
    point(OP_UNLOCK, mutex, NULL, 0);
    lock_released(thread_self(), mutex);
    let_go(mutex);
    mutex->legacy = LEGACY_LEFT;
}

uint32_t mutex_give_up(struct mutex *mutex)
{
    uint32_t count = mutex->count;
    struct thread *owner = owner_of(mutex);
    if (owner != NULL && count > 1) {
        mutex->count--; // as the library does: what was locked twice stays locked
    } else if (owner != NULL) {
        lock_released(owner, mutex);
        let_go(mutex);
    }
    return count;
}

void mutex_take_again(struct mutex *mutex, uint32_t count, uintptr_t pc)
{
    heap_check(mutex, sizeof *mutex, pc);
    if (!is_own(mutex, thread_self()))
        take(mutex, pc);
    mutex->count = count;
}

// ---- The program's calls ----

int __wrap_pthread_mutex_init(struct mutex *mutex, const pthread_mutexattr_t *attributes);
int __wrap_pthread_mutex_init(struct mutex *mutex, const pthread_mutexattr_t *attributes)
{
    int type = PTHREAD_MUTEX_DEFAULT, robust = PTHREAD_MUTEX_STALLED;
    if (attributes != NULL) {
        range_read(attributes, sizeof *attributes, HERE());
        pthread_mutexattr_gettype(attributes, &type);
        pthread_mutexattr_getrobust(attributes, &robust);
    }
    int flags = robust == PTHREAD_MUTEX_ROBUST ? MUTEX_ROBUST : 0;
    return mutex_init(mutex, type | flags, HERE());
}

int __wrap_pthread_mutex_destroy(struct mutex *mutex);
int __wrap_pthread_mutex_destroy(struct mutex *mutex)
{
    return mutex_destroy(mutex, HERE());
}

int __wrap_pthread_mutex_lock(struct mutex *mutex);
int __wrap_pthread_mutex_lock(struct mutex *mutex)
{
    return mutex_lock(mutex, 0, OP_LOCK, HERE());
}

int __wrap_pthread_mutex_timedlock(struct mutex *mutex, const struct timespec *deadline);
int __wrap_pthread_mutex_timedlock(struct mutex *mutex, const struct timespec *deadline)
{
    return mutex_lock(mutex, deadline_of(deadline, CLOCK_REALTIME), OP_LOCK_TIMED, HERE());
}

int __wrap_pthread_mutex_clocklock(struct mutex *mutex, clockid_t clock,
                                   const struct timespec *deadline);
int __wrap_pthread_mutex_clocklock(struct mutex *mutex, clockid_t clock,
                                   const struct timespec *deadline)
{
    return mutex_lock(mutex, deadline_of(deadline, clock), OP_LOCK_TIMED, HERE());
}

int __wrap_pthread_mutex_trylock(struct mutex *mutex);
int __wrap_pthread_mutex_trylock(struct mutex *mutex)
{
    return mutex_trylock(mutex, HERE());
}

int __wrap_pthread_mutex_unlock(struct mutex *mutex);
int __wrap_pthread_mutex_unlock(struct mutex *mutex)
{
    return mutex_unlock(mutex, HERE());
}

int __wrap_pthread_mutex_consistent(struct mutex *mutex);
int __wrap_pthread_mutex_consistent(struct mutex *mutex)
{
    if (!is_own(mutex, thread_self()) || mutex->legacy != LEGACY_TAKEN)
        return EINVAL;
    mutex->legacy = LEGACY_NONE;
    return 0;
}
