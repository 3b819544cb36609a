// Also right: a mutex: whoever has to wait sleeps. Nearly always the better choice.

#include "spinlock.h"

#include <pthread.h>
#include <stdlib.h>

struct spinlock {
    pthread_mutex_t mutex;
};

struct spinlock *spinlock_new(void)
{
    struct spinlock *lock = malloc(sizeof *lock);
    if (lock)
        pthread_mutex_init(&lock->mutex, NULL);
    return lock;
}

void spinlock_free(struct spinlock *lock)
{
    if (lock)
        pthread_mutex_destroy(&lock->mutex);
    free(lock);
}

void spinlock_acquire(struct spinlock *lock)
{
    pthread_mutex_lock(&lock->mutex);
}

void spinlock_release(struct spinlock *lock)
{
    pthread_mutex_unlock(&lock->mutex);
}
