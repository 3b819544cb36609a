// Still wrong: another thread may look before this one has signed, and sign after it has read.
// Caught by: explore

#include "spinlock.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct spinlock {
    const char *_Atomic holder; // NULL: nobody
};

struct spinlock *spinlock_new(void)
{
    struct spinlock *lock = malloc(sizeof *lock);
    if (lock)
        atomic_init(&lock->holder, NULL);
    return lock;
}

void spinlock_free(struct spinlock *lock)
{
    free(lock);
}

void spinlock_acquire(struct spinlock *lock)
{
    static _Thread_local char self; // its address is this thread's name
    do {
        while (atomic_load(&lock->holder))
            sched_yield();
        atomic_store(&lock->holder, &self);
    } while (atomic_load(&lock->holder) != &self); // was somebody quicker?
}

void spinlock_release(struct spinlock *lock)
{
    atomic_store(&lock->holder, NULL);
}
