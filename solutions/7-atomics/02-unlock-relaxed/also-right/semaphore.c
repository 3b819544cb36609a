// Also right: a semaphore with one permit: post releases, wait acquires.

#include "unlock_relaxed.h"

#include <semaphore.h>
#include <stdlib.h>

struct lock {
    sem_t open;
};

struct lock *lock_new(void)
{
    struct lock *lock = malloc(sizeof *lock);
    if (lock)
        sem_init(&lock->open, 0, 1);
    return lock;
}

void lock_free(struct lock *lock)
{
    sem_destroy(&lock->open);
    free(lock);
}

void lock_acquire(struct lock *lock)
{
    sem_wait(&lock->open);
}

void lock_release(struct lock *lock)
{
    sem_post(&lock->open);
}
