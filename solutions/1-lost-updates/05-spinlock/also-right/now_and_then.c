// Also right: counts how often it has tried in vain, and gives way at every hundredth time only.

#include "spinlock.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { AT_A_TIME = 100 }; // tries between two yields

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
    for (long tries = 1; atomic_flag_test_and_set_explicit(&lock->taken, memory_order_acquire);
         tries++)
        if (tries % AT_A_TIME == 0)
            sched_yield();
}

void spinlock_release(struct spinlock *lock)
{
    atomic_flag_clear_explicit(&lock->taken, memory_order_release);
}
