// Still wrong: a plain store opens the lock; volatile keeps the store, in no order to the rest.
// Caught by: explore, tsan, helgrind

#include "unlock_relaxed.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct lock {
    volatile bool taken;
};

struct lock *lock_new(void)
{
    struct lock *lock = malloc(sizeof *lock);
    if (lock)
        lock->taken = false;
    return lock;
}

void lock_free(struct lock *lock)
{
    free(lock);
}

void lock_acquire(struct lock *lock)
{
    while (__atomic_exchange_n(&lock->taken, true, __ATOMIC_ACQUIRE))
        sched_yield(); // it was taken already
}

void lock_release(struct lock *lock)
{
    lock->taken = false;
}
