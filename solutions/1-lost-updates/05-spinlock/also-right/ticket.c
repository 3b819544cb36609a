// Also right: everybody draws a number and waits until it is called: first come, first served.

#include "spinlock.h"

#include <stdatomic.h>
#include <stdlib.h>

struct spinlock {
    atomic_uint next;    // the number of the next ticket
    atomic_uint serving; // whose turn it is
};

struct spinlock *spinlock_new(void)
{
    struct spinlock *lock = malloc(sizeof *lock);
    if (lock) {
        atomic_init(&lock->next, 0);
        atomic_init(&lock->serving, 0);
    }
    return lock;
}

void spinlock_free(struct spinlock *lock)
{
    free(lock);
}

void spinlock_acquire(struct spinlock *lock)
{
    unsigned own = atomic_fetch_add(&lock->next, 1);
    while (atomic_load(&lock->serving) != own)
        ;
}

void spinlock_release(struct spinlock *lock)
{
    atomic_fetch_add(&lock->serving, 1);
}
