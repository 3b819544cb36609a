// Also right: atomic_flag is made for this: test-and-set takes it, clear with release opens it.

#include "unlock_relaxed.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct lock {
    atomic_flag taken;
};

struct lock *lock_new(void)
{
    struct lock *lock = malloc(sizeof *lock);
    if (lock)
        atomic_flag_clear(&lock->taken);
    return lock;
}

void lock_free(struct lock *lock)
{
    free(lock);
}

void lock_acquire(struct lock *lock)
{
    while (atomic_flag_test_and_set_explicit(&lock->taken, memory_order_acquire))
        sched_yield(); // it was taken already
}

void lock_release(struct lock *lock)
{
    atomic_flag_clear_explicit(&lock->taken, memory_order_release);
}
