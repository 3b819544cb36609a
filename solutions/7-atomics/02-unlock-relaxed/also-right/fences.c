// Also right: the operations order nothing, the fences do: one before the lock is given back, one
// behind where it was taken.
// Abstains: tsan

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
        sched_yield();
    atomic_thread_fence(memory_order_acquire);
}

void lock_release(struct lock *lock)
{
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&lock->taken, false, memory_order_relaxed);
}
