// Still wrong: acquire order on the failing exchange, none on the one that gets the lock.
// Caught by: explore, tsan, helgrind

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
    while (!atomic_compare_exchange_weak_explicit(&lock->taken, &open, true, memory_order_relaxed,
                                                  memory_order_acquire)) {
        open = false;
        sched_yield();
    }
}

void lock_release(struct lock *lock)
{
    atomic_store_explicit(&lock->taken, false, memory_order_release);
}
