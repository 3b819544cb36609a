// Still wrong: two looks are no better than one: the gap is between the last look and the set.
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
    do
        while (lock->taken)
            sched_yield();
    while (lock->taken); // really free?
    lock->taken = true;
}

void spinlock_release(struct spinlock *lock)
{
    lock->taken = false;
}
