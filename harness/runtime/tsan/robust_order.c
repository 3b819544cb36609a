// The other calls that lock robust mutexes, under ThreadSanitizer; for pthread_mutex_lock see
// common/checking_mutexes.c. Reached by --wrap.

#include "runtime/common/robust_mutexes.h"

#include <pthread.h>
#include <time.h>

int __real_pthread_mutex_trylock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_trylock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    return is_robust(mutex) ? robust_locked(__real_pthread_mutex_trylock(mutex))
                            : __real_pthread_mutex_trylock(mutex);
}

int __real_pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *deadline);
int __wrap_pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *deadline);
int __wrap_pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *deadline)
{
    return is_robust(mutex) ? robust_locked(__real_pthread_mutex_timedlock(mutex, deadline))
                            : __real_pthread_mutex_timedlock(mutex, deadline);
}
