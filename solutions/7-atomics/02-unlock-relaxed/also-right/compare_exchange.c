// Also right: compare-and-exchange takes it: acquire where that succeeds, relaxed where it fails.

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
    bool open = false;
    while (!atomic_compare_exchange_weak_explicit(&lock->taken, &open, true, memory_order_acquire,
                                                  memory_order_relaxed)) {
        open = false; // the exchange left in it what it found
        sched_yield();
    }
}

void lock_release(struct lock *lock)
{
    atomic_store_explicit(&lock->taken, false, memory_order_release);
}
