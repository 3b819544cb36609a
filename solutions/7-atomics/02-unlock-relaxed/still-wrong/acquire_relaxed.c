// Still wrong: the release is there, but who takes the lock does not acquire: it needs both.
// Caught by: explore, tsan, helgrind

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
    while (atomic_exchange_explicit(&lock->taken, true, memory_order_relaxed))
        sched_yield(); // it was taken already
}

void lock_release(struct lock *lock)
{
    atomic_store_explicit(&lock->taken, false, memory_order_release);
}
