#include "spinlock.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

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
    while (atomic_flag_test_and_set_explicit(&lock->taken, memory_order_acquire))
        sched_yield(); // it was set already: somebody else is in
}

void spinlock_release(struct spinlock *lock)
{
    atomic_flag_clear_explicit(&lock->taken, memory_order_release);
}
