// Still wrong: whoever has tried fifty times goes in.
// Caught by: explore

#include "spinlock.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { PATIENCE = 50 };

struct spinlock {
    atomic_flag taken;
};

struct spinlock *spinlock_new(void)
{
    struct spinlock *lock = malloc(sizeof *lock);
    if (lock)
        atomic_flag_clear(&lock->taken);
    return lock;
}

void spinlock_free(struct spinlock *lock)
{
    free(lock);
}

void spinlock_acquire(struct spinlock *lock)
{
    for (int tries = 0; tries < PATIENCE; tries++) {
        if (!atomic_flag_test_and_set_explicit(&lock->taken, memory_order_acquire))
            return;
        sched_yield(); // it was set already: somebody else is in
    }
}

void spinlock_release(struct spinlock *lock)
{
    atomic_flag_clear_explicit(&lock->taken, memory_order_release);
}
