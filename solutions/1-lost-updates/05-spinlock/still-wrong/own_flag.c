// Still wrong: every thread has a flag of its own, and nobody else ever sees it set.
// Caught by: explore, tsan, helgrind

#include "spinlock.h"

#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

struct spinlock {
    char unused;
};

static _Thread_local bool taken;

struct spinlock *spinlock_new(void)
{
    return malloc(sizeof(struct spinlock));
}

void spinlock_free(struct spinlock *lock)
{
    free(lock);
}

void spinlock_acquire(struct spinlock *lock)
{
    (void)lock;
    while (taken)
        sched_yield();
    taken = true;
}

void spinlock_release(struct spinlock *lock)
{
    (void)lock;
    taken = false;
}
