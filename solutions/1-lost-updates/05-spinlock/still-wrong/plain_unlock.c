// Still wrong: taken by an atomic step, but given back by a plain store, which orders nothing.
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
    while (__atomic_exchange_n(&lock->taken, true, __ATOMIC_ACQUIRE))
        sched_yield();
}

void spinlock_release(struct spinlock *lock)
{
    lock->taken = false;
}
