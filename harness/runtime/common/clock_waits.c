// Waits with a clock of the caller's choice, for ThreadSanitizer and Helgrind, which do not know
// some of them: each is turned into its elder sister, which waits by CLOCK_REALTIME and is known.
// Reached by --wrap; which of them a detector needs is in its .wrap file.
//
// The deadline is moved from one clock to the other once, at the call: a clock that is set during
// the wait makes it longer or shorter.

#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <time.h>

enum { SECOND_NS = 1000000000 };

// Gives in *real the moment of CLOCK_REALTIME that is as far away as `deadline` is on `clock`.
// Returns 0, or EINVAL for a clock that cannot be waited for. A deadline that is no valid time
// stays one, so that the call it is meant for refuses it.
static int to_realtime(clockid_t clock, const struct timespec *deadline, struct timespec *real)
{
    struct timespec here, there;
    if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
        return EINVAL;
    *real = *deadline;
    if (clock == CLOCK_REALTIME || deadline->tv_nsec < 0 || deadline->tv_nsec >= SECOND_NS)
        return 0;
    clock_gettime(clock, &here);
    clock_gettime(CLOCK_REALTIME, &there);
    real->tv_sec += there.tv_sec - here.tv_sec;
    real->tv_nsec += there.tv_nsec - here.tv_nsec;
    if (real->tv_nsec < 0) {
        real->tv_nsec += SECOND_NS;
        real->tv_sec--;
    } else if (real->tv_nsec >= SECOND_NS) {
        real->tv_nsec -= SECOND_NS;
        real->tv_sec++;
    }
    return 0;
}

int __wrap_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
                                   const struct timespec *deadline);
int __wrap_pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t clock,
                                   const struct timespec *deadline)
{
    struct timespec real;
    int error = to_realtime(clock, deadline, &real);
    return error != 0 ? error : pthread_mutex_timedlock(mutex, &real);
}

int __wrap_pthread_rwlock_clockrdlock(pthread_rwlock_t *lock, clockid_t clock,
                                      const struct timespec *deadline);
int __wrap_pthread_rwlock_clockrdlock(pthread_rwlock_t *lock, clockid_t clock,
                                      const struct timespec *deadline)
{
    struct timespec real;
    int error = to_realtime(clock, deadline, &real);
    return error != 0 ? error : pthread_rwlock_timedrdlock(lock, &real);
}

int __wrap_pthread_rwlock_clockwrlock(pthread_rwlock_t *lock, clockid_t clock,
                                      const struct timespec *deadline);
int __wrap_pthread_rwlock_clockwrlock(pthread_rwlock_t *lock, clockid_t clock,
                                      const struct timespec *deadline)
{
    struct timespec real;
    int error = to_realtime(clock, deadline, &real);
    return error != 0 ? error : pthread_rwlock_timedwrlock(lock, &real);
}

int __wrap_pthread_clockjoin_np(pthread_t thread, void **result, clockid_t clock,
                                const struct timespec *deadline);
int __wrap_pthread_clockjoin_np(pthread_t thread, void **result, clockid_t clock,
                                const struct timespec *deadline)
{
    struct timespec real;
    int error = to_realtime(clock, deadline, &real);
    return error != 0 ? error : pthread_timedjoin_np(thread, result, &real);
}

int __wrap_sem_clockwait(sem_t *semaphore, clockid_t clock, const struct timespec *deadline);
int __wrap_sem_clockwait(sem_t *semaphore, clockid_t clock, const struct timespec *deadline)
{
    struct timespec real;
    int error = to_realtime(clock, deadline, &real);
    if (error == 0)
        return sem_timedwait(semaphore, &real);
    errno = error;
    return -1;
}
