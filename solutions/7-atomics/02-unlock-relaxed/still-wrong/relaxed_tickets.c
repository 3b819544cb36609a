// Still wrong: fair now, but the number that is called is stored with relaxed order again.
// Caught by: explore, tsan, helgrind

#include "unlock_relaxed.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct lock {
    atomic_uint next;    // the number that the next thread to come will draw
    atomic_uint serving; // the number whose turn it is
};

struct lock *lock_new(void)
{
    struct lock *lock = malloc(sizeof *lock);
    if (lock) {
        atomic_init(&lock->next, 0);
        atomic_init(&lock->serving, 0);
    }
    return lock;
}

void lock_free(struct lock *lock)
{
    free(lock);
}

void lock_acquire(struct lock *lock)
{
    unsigned own = atomic_fetch_add_explicit(&lock->next, 1, memory_order_relaxed);
    while (atomic_load_explicit(&lock->serving, memory_order_acquire) != own)
        sched_yield();
}

void lock_release(struct lock *lock)
{
    unsigned own = atomic_load_explicit(&lock->serving, memory_order_relaxed);
    atomic_store_explicit(&lock->serving, own + 1, memory_order_relaxed);
}
