// Still wrong: giving way between the look and the set only makes the gap wider.
// Caught by: explore, tsan, helgrind

#include "spinlock.h"

#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

struct spinlock {
    bool taken;
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
    sched_yield(); // whoever came first may go first
    lock->taken = true;
}

void spinlock_release(struct spinlock *lock)
{
    lock->taken = false;
}
