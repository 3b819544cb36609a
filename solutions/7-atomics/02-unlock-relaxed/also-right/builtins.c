// Also right: the compiler's own test-and-set and clear, with the same orders.

#include "unlock_relaxed.h"

#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

struct lock {
    bool taken;
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
    while (__atomic_test_and_set(&lock->taken, __ATOMIC_ACQUIRE))
        sched_yield(); // it was taken already
}

void lock_release(struct lock *lock)
{
    __atomic_clear(&lock->taken, __ATOMIC_RELEASE);
}
