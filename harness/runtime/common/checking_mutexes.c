// Mutexes that check for errors, for ThreadSanitizer and Helgrind: both report a call that such a
// mutex refuses, though to be refused may be what the program asks for. What is refused changes
// nothing, so they are not told of it. Reached by --wrap.

#define _GNU_SOURCE
#include "robust_mutexes.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <valgrind/helgrind.h>

// As the C library remembers them in the mutex: the type in the lowest bits of the kind; and, in the
// lock of a robust one, which may have no other owner yet, the thread's number.
enum { TYPE = 3, LOCKED_BY = 0x3fffffff };

static bool is_checking(const pthread_mutex_t *mutex)
{
    return (mutex->__data.__kind & TYPE) == PTHREAD_MUTEX_ERRORCHECK;
}

// Whether it is the calling thread that has locked the mutex. Others may write there meanwhile, but
// never this thread's number.
static bool is_own(pthread_mutex_t *mutex)
{
    int *place = is_robust(mutex) ? &mutex->__data.__lock : &mutex->__data.__owner;
    VALGRIND_HG_DISABLE_CHECKING(place, sizeof *place);
    return (__atomic_load_n(place, __ATOMIC_RELAXED) & LOCKED_BY) == syscall(SYS_gettid);
}

int __real_pthread_mutex_lock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_lock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_lock(pthread_mutex_t *mutex)
{
    if (is_checking(mutex) && is_own(mutex))
        return EDEADLK;
    if (is_robust(mutex))
        return robust_locked(__real_pthread_mutex_lock(mutex));
    return __real_pthread_mutex_lock(mutex);
}

int __real_pthread_mutex_unlock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_unlock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    if ((is_checking(mutex) || is_robust(mutex)) && !is_own(mutex))
        return EPERM;
    return __real_pthread_mutex_unlock(mutex);
}
