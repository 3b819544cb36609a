// Also right: the compiler's test-and-set and its counterpart, made for this very purpose.

#include "spinlock.h"

#include <sched.h>
#include <stdlib.h>

struct spinlock {
    char taken;
};

struct spinlock *spinlock_new(void)
{
    struct spinlock *lock = malloc(sizeof *lock);
    if (lock)
        lock->taken = 0;
    return lock;
}

void spinlock_free(struct spinlock *lock)
{
    free(lock);
}

void spinlock_acquire(struct spinlock *lock)
{
    while (__sync_lock_test_and_set(&lock->taken, 1))
        sched_yield();
}

void spinlock_release(struct spinlock *lock)
{
    __sync_lock_release(&lock->taken);
}
