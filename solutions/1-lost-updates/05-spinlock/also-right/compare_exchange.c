// Also right: the flag is set only if it still is what was looked at.

#include "spinlock.h"

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
    bool open = false;
    while (!atomic_compare_exchange_weak_explicit(&lock->taken, &open, true, memory_order_acquire,
                                                  memory_order_relaxed))
        open = false; // the failed exchange has written true there
}

void spinlock_release(struct spinlock *lock)
{
    atomic_store_explicit(&lock->taken, false, memory_order_release);
}
