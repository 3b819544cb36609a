// Also right: the spin lock that comes with pthreads, whose release is one.

#include "unlock_relaxed.h"

#include <pthread.h>
#include <stdlib.h>

struct lock {
    pthread_spinlock_t door;
};

struct lock *lock_new(void)
{
    struct lock *lock = malloc(sizeof *lock);
    if (lock)
        pthread_spin_init(&lock->door, PTHREAD_PROCESS_PRIVATE);
    return lock;
}

void lock_free(struct lock *lock)
{
    if (lock)
        pthread_spin_destroy(&lock->door);
    free(lock);
}

void lock_acquire(struct lock *lock)
{
    pthread_spin_lock(&lock->door);
}

void lock_release(struct lock *lock)
{
    pthread_spin_unlock(&lock->door);
}
