// Still wrong: every look is a real one now; between look and set there is still a gap.
// Caught by: explore, tsan, helgrind

#include "spinlock.h"

#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

struct spinlock {
    volatile bool taken;
};

struct spinlock *spinlock_new(void)
{
    struct spinlock *lock = malloc(sizeof *lock);
    if (lock)
        lock->taken = false;
    return lock;
}

void spinlock_free(struct spinlock *lock)
{
    free(lock);
}

void spinlock_acquire(struct spinlock *lock)
{
    while (lock->taken)
        sched_yield();
    lock->taken = true;
}

void spinlock_release(struct spinlock *lock)
{
    lock->taken = false;
}
