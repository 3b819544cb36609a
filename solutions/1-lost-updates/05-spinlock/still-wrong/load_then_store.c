// Still wrong: each access is atomic; looking and setting are still two steps.
// Caught by: explore

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
    while (atomic_load(&lock->taken))
        sched_yield();
    atomic_store(&lock->taken, true);
}

void spinlock_release(struct spinlock *lock)
{
    atomic_store(&lock->taken, false);
}
