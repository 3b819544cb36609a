// Still wrong: one at a time, but a relaxed store does not hand over what was written inside.
// Caught by: explore, tsan, helgrind

#include "spinlock.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct spinlock {
    atomic_bool taken;
};

struct spinlock *spinlock_new(void)
{
    struct spinlock *lock = malloc(sizeof *lock);
    if (lock)
        atomic_init(&lock->taken, false);
    return lock;
}

void spinlock_free(struct spinlock *lock)
{
    free(lock);
}

void spinlock_acquire(struct spinlock *lock)
{
    while (atomic_exchange_explicit(&lock->taken, true, memory_order_acquire))
        sched_yield();
}

void spinlock_release(struct spinlock *lock)
{
    atomic_store_explicit(&lock->taken, false, memory_order_relaxed);
}
