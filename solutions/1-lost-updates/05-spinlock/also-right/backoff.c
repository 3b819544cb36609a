// Also right: who finds the lock taken looks away for a while, each time twice as long, up to a
// limit.

#include "spinlock.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { LONGEST = 64 }; // pause between two tries, in yields

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
    int pause = 1;
    while (atomic_flag_test_and_set_explicit(&lock->taken, memory_order_acquire)) {
        for (int i = 0; i < pause; i++)
            sched_yield();
        if (pause < LONGEST)
            pause *= 2;
    }
}

void spinlock_release(struct spinlock *lock)
{
    atomic_flag_clear_explicit(&lock->taken, memory_order_release);
}
