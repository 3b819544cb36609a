// Also right: who has to wait queues up, and looks at a flag of its own, which only the one in front
// clears (an MCS lock).

#include "spinlock.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

// Somebody who holds the lock or waits for it.
struct place {
    struct place *_Atomic next; // who comes after it; NULL: nobody yet
    atomic_bool waiting;
};

struct spinlock {
    struct place *_Atomic last; // of the queue; NULL: nobody holds the lock
    struct place *holder;       // touched by the holder alone
};

struct spinlock *spinlock_new(void)
{
    struct spinlock *lock = malloc(sizeof *lock);
    if (lock) {
        atomic_init(&lock->last, NULL);
        lock->holder = NULL;
    }
    return lock;
}

void spinlock_free(struct spinlock *lock)
{
    free(lock);
}

void spinlock_acquire(struct spinlock *lock)
{
    struct place *own = malloc(sizeof *own);
    if (!own)
        abort();
    atomic_init(&own->next, NULL);
    atomic_init(&own->waiting, true);
    struct place *in_front = atomic_exchange(&lock->last, own);
    if (in_front) {
        atomic_store(&in_front->next, own);
        while (atomic_load(&own->waiting))
            sched_yield();
    }
    lock->holder = own;
}

void spinlock_release(struct spinlock *lock)
{
    struct place *own = lock->holder, *last = own;
    if (!atomic_compare_exchange_strong(&lock->last, &last, NULL)) {
        while (!atomic_load(&own->next))
            sched_yield(); // somebody has come, and is about to say so
        atomic_store(&atomic_load(&own->next)->waiting, false);
    }
    free(own);
}
