// Also right: no orders to choose: sequentially consistent includes acquire and release.

#include "unlock_relaxed.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct lock {
    atomic_bool taken;
};

struct lock *lock_new(void)
{
    struct lock *lock = malloc(sizeof *lock);
    if (lock)
        atomic_init(&lock->taken, false);
    return lock;
}

void lock_free(struct lock *lock)
{
    free(lock);
}

void lock_acquire(struct lock *lock)
{
    while (atomic_exchange(&lock->taken, true))
        sched_yield(); // it was taken already
}

void lock_release(struct lock *lock)
{
    atomic_store(&lock->taken, false);
}
