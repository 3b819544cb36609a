// Also right: the system's mutex, which sleeps instead of spinning and has its orders right.

#include "unlock_relaxed.h"

#include <pthread.h>
#include <stdlib.h>

struct lock {
    pthread_mutex_t mutex;
};

struct lock *lock_new(void)
{
    struct lock *lock = malloc(sizeof *lock);
    if (lock)
        pthread_mutex_init(&lock->mutex, NULL);
    return lock;
}

void lock_free(struct lock *lock)
{
    pthread_mutex_destroy(&lock->mutex);
    free(lock);
}

void lock_acquire(struct lock *lock)
{
    pthread_mutex_lock(&lock->mutex);
}

void lock_release(struct lock *lock)
{
    pthread_mutex_unlock(&lock->mutex);
}
