// Still wrong: the orders are right, but looking and taking are two steps: two can get in.
// Caught by: explore

#include "unlock_relaxed.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct lock {
    atomic_bool taken;
};

struct lock *lock_new(void)
{
    struct lock *lock = malloc(sizeof *lock);
    if (lock)
        atomic_init(&lock->taken, false);
    return lock;
}

void lock_free(struct lock *lock)
{
    free(lock);
}

void lock_acquire(struct lock *lock)
{
    while (atomic_load_explicit(&lock->taken, memory_order_acquire))
        sched_yield();
    atomic_store_explicit(&lock->taken, true, memory_order_relaxed);
}

void lock_release(struct lock *lock)
{
    atomic_store_explicit(&lock->taken, false, memory_order_release);
}
