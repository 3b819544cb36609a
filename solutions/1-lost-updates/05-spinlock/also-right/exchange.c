// Also right: an exchange sets the flag and tells what it was; while it is set, a look is cheaper.

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
    while (atomic_exchange(&lock->taken, true))
        while (atomic_load(&lock->taken))
            ; // the inner loop only reads, and so leaves the cache line where it is
}

void spinlock_release(struct spinlock *lock)
{
    atomic_store(&lock->taken, false);
}
