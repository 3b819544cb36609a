// Also right: the spin lock that comes with pthreads.

#include "spinlock.h"

#include <pthread.h>
#include <stdlib.h>

struct spinlock {
    pthread_spinlock_t spin;
};

struct spinlock *spinlock_new(void)
{
    struct spinlock *lock = malloc(sizeof *lock);
    if (lock)
        pthread_spin_init(&lock->spin, PTHREAD_PROCESS_PRIVATE);
    return lock;
}

void spinlock_free(struct spinlock *lock)
{
    if (lock)
        pthread_spin_destroy(&lock->spin);
    free(lock);
}

void spinlock_acquire(struct spinlock *lock)
{
    pthread_spin_lock(&lock->spin);
}

void spinlock_release(struct spinlock *lock)
{
    pthread_spin_unlock(&lock->spin);
}
