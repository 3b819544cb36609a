// Still wrong: whoever has tried for two seconds goes in.
// Caught by: explore

#include "spinlock.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum { PATIENCE = 2 }; // seconds

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

static time_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

void spinlock_acquire(struct spinlock *lock)
{
    const time_t since = now();
    while (atomic_flag_test_and_set_explicit(&lock->taken, memory_order_acquire)) {
        if (now() - since > PATIENCE)
            return; // whoever was in must be gone
        sched_yield();
    }
}

void spinlock_release(struct spinlock *lock)
{
    atomic_flag_clear_explicit(&lock->taken, memory_order_release);
}
