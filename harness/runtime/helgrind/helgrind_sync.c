// Synchronisation that Helgrind does not intercept, or did not in valgrind 3.19, for programs that
// it judges: each wrapper makes the call and tells Helgrind what it ordered. Where a newer Helgrind
// knows the call itself, it is told twice, which adds nothing; what could not be told twice, taking
// a lock, is not told here. Reached by --wrap; the names are in helgrind.wrap.

#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>
#include <valgrind/helgrind.h>

// ---- pthread_once: the routine's end, to each caller's return ----

static __thread struct {
    pthread_once_t *control; // what the running pthread_once was given
    void (*routine)(void);
} once;

static void run_and_announce(void)
{
    pthread_once_t *control = once.control; // the routine may call pthread_once itself
    once.routine();
    ANNOTATE_HAPPENS_BEFORE(control);
}

int __real_pthread_once(pthread_once_t *control, void (*routine)(void));
int __wrap_pthread_once(pthread_once_t *control, void (*routine)(void));
int __wrap_pthread_once(pthread_once_t *control, void (*routine)(void))
{
    VALGRIND_HG_DISABLE_CHECKING(&once, sizeof once);
    VALGRIND_HG_DISABLE_CHECKING(control, sizeof *control);
    once.control = control;
    once.routine = routine;
    int error = __real_pthread_once(control, run_and_announce);
    if (error == 0)
        ANNOTATE_HAPPENS_AFTER(control);
    return error;
}

// ---- Semaphores: each post, to each later successful wait ----
// Helgrind knows sem_post and sem_wait, and joins a wait with one post. They are told of here as
// well, so that a post is known to a sem_trywait; and so that a wait is ordered after all earlier
// posts, as it is in truth.

int __real_sem_post(sem_t *semaphore);
int __wrap_sem_post(sem_t *semaphore);
int __wrap_sem_post(sem_t *semaphore)
{
    ANNOTATE_HAPPENS_BEFORE(semaphore);
    return __real_sem_post(semaphore);
}

static int waited(int result, sem_t *semaphore)
{
    if (result == 0)
        ANNOTATE_HAPPENS_AFTER(semaphore);
    return result;
}

// Whether a semaphore was made for several processes, as the C library remembers (struct new_sem,
// behind the value).
static bool is_for_processes(const sem_t *semaphore)
{
    int shared;
    memcpy(&shared, (const char *)semaphore + sizeof(long), sizeof shared);
    return shared != 0;
}

int __real_sem_wait(sem_t *semaphore);
int __wrap_sem_wait(sem_t *semaphore);
int __wrap_sem_wait(sem_t *semaphore)
{
    if (is_for_processes(semaphore)) // the post may be another process's, and unseen
        VALGRIND_HG_SEM_POST_PRE(semaphore);
    return waited(__real_sem_wait(semaphore), semaphore);
}

int __real_sem_trywait(sem_t *semaphore);
int __wrap_sem_trywait(sem_t *semaphore);
int __wrap_sem_trywait(sem_t *semaphore)
{
    return waited(__real_sem_trywait(semaphore), semaphore);
}

int __real_sem_timedwait(sem_t *semaphore, const struct timespec *deadline);
int __wrap_sem_timedwait(sem_t *semaphore, const struct timespec *deadline);
int __wrap_sem_timedwait(sem_t *semaphore, const struct timespec *deadline)
{
    return waited(__real_sem_timedwait(semaphore, deadline), semaphore);
}

// ---- Spin locks: tried until one is had ----
// Where threads wait in the C library's own loop while the one who holds the lock gives way,
// Helgrind (3.19) loses track of who holds it: "Bug in libpthread: recursive write lock granted".
// Of what is tried it does not.

int __wrap_pthread_spin_lock(pthread_spinlock_t *lock);
int __wrap_pthread_spin_lock(pthread_spinlock_t *lock)
{
    VALGRIND_HG_MUTEX_LOCK_PRE((void *)lock, 0); // it warns of who has it already
    int error;
    while ((error = pthread_spin_trylock(lock)) == EBUSY)
        sched_yield();
    return error;
}

// ---- Joins that may fail: a thread's end, to the successful join ----
// Told as Helgrind's own wrapper of pthread_join tells it.

static int joined(int error, pthread_t thread)
{
    if (error == 0)
        DO_CREQ_v_W(_VG_USERREQ__HG_PTHREAD_JOIN_POST, pthread_t, thread);
    return error;
}

int __real_pthread_tryjoin_np(pthread_t thread, void **result);
int __wrap_pthread_tryjoin_np(pthread_t thread, void **result);
int __wrap_pthread_tryjoin_np(pthread_t thread, void **result)
{
    return joined(__real_pthread_tryjoin_np(thread, result), thread);
}

int __real_pthread_timedjoin_np(pthread_t thread, void **result, const struct timespec *deadline);
int __wrap_pthread_timedjoin_np(pthread_t thread, void **result, const struct timespec *deadline);
int __wrap_pthread_timedjoin_np(pthread_t thread, void **result, const struct timespec *deadline)
{
    return joined(__real_pthread_timedjoin_np(thread, result, deadline), thread);
}

// ---- Timed read-write locks ----
// valgrind before 3.21 intercepts only the sisters that name their clock; all intercept those.

int __wrap_pthread_rwlock_timedrdlock(pthread_rwlock_t *lock, const struct timespec *deadline);
int __wrap_pthread_rwlock_timedrdlock(pthread_rwlock_t *lock, const struct timespec *deadline)
{
    return pthread_rwlock_clockrdlock(lock, CLOCK_REALTIME, deadline);
}

int __wrap_pthread_rwlock_timedwrlock(pthread_rwlock_t *lock, const struct timespec *deadline);
int __wrap_pthread_rwlock_timedwrlock(pthread_rwlock_t *lock, const struct timespec *deadline)
{
    return pthread_rwlock_clockwrlock(lock, CLOCK_REALTIME, deadline);
}

// ---- Waits that are cancelled ----
// The clean-up handlers of a thread that was cancelled in a wait hold the lock, as after the wait,
// and the thread waits no more; Helgrind does not know. It is told as if the wait had timed out.

struct wait {
    pthread_cond_t *condition;
    pthread_mutex_t *mutex;
};

// The request has two arguments more than helgrind.h says: whether time was up, and whether the
// mutex was one. It says nothing of the mutex's being locked again.
static void end_wait(void *data)
{
    const struct wait *wait = data;
    VALGRIND_DO_CLIENT_REQUEST_STMT(_VG_USERREQ__HG_PTHREAD_COND_WAIT_POST, wait->condition,
                                    wait->mutex, true, true, 0);
    VALGRIND_HG_MUTEX_LOCK_POST(wait->mutex);
}

int __real_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex);
int __wrap_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex);
int __wrap_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
    int error;
    struct wait wait = {condition, mutex};
    pthread_cleanup_push(end_wait, &wait);
    error = __real_pthread_cond_wait(condition, mutex);
    pthread_cleanup_pop(0);
    return error;
}

int __real_pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                                  const struct timespec *deadline);
int __wrap_pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                                  const struct timespec *deadline);
int __wrap_pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex,
                                  const struct timespec *deadline)
{
    int error;
    struct wait wait = {condition, mutex};
    pthread_cleanup_push(end_wait, &wait);
    error = __real_pthread_cond_timedwait(condition, mutex, deadline);
    pthread_cleanup_pop(0);
    return error;
}

// ---- A lock that was only tried ----
// Helgrind knows the calls, but reports a lock-order inversion where a thread that holds one lock
// tries another: it cannot wait there for ever, so there is no deadlock. These frames in the stack
// tell the reader of the report (judge/detectors/helgrind_errors.c).

int __real_pthread_mutex_trylock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_trylock(pthread_mutex_t *mutex);
__attribute__((noinline)) int __wrap_pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    int error = __real_pthread_mutex_trylock(mutex);
    __asm__ volatile("" : : "r"(error)); // no tail call: the frame must stand
    return error;
}

int __real_pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *deadline);
int __wrap_pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *deadline);
__attribute__((noinline)) int __wrap_pthread_mutex_timedlock(pthread_mutex_t *mutex,
                                                             const struct timespec *deadline)
{
    int error = __real_pthread_mutex_timedlock(mutex, deadline);
    __asm__ volatile("" : : "r"(error));
    return error;
}
