// Still wrong: Lamport's bakery, which needs no step that reads and writes; but it has four places,
// and the fifth thread gets the place of the first.
// Caught by: explore

#include "spinlock.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

enum { PLACES = 4 };

struct spinlock {
    atomic_bool choosing[PLACES];
    atomic_long number[PLACES]; // 0: does not want the lock
};

struct spinlock *spinlock_new(void)
{
    struct spinlock *lock = malloc(sizeof *lock);
    for (int i = 0; lock && i < PLACES; i++) {
        atomic_init(&lock->choosing[i], false);
        atomic_init(&lock->number[i], 0);
    }
    return lock;
}

void spinlock_free(struct spinlock *lock)
{
    free(lock);
}

static int own_place(void)
{
    static atomic_int threads;
    static _Thread_local int place; // counted from 1; 0: not yet known
    if (place == 0)
        place = atomic_fetch_add(&threads, 1) % PLACES + 1;
    return place - 1;
}

// A number greater than all that are drawn.
static void draw_number(struct spinlock *lock, int own)
{
    long greatest = 0;
    atomic_store(&lock->choosing[own], true);
    for (int i = 0; i < PLACES; i++) {
        long number = atomic_load(&lock->number[i]);
        if (number > greatest)
            greatest = number;
    }
    atomic_store(&lock->number[own], greatest + 1);
    atomic_store(&lock->choosing[own], false);
}

// Whether the other one's turn is before one's own.
static bool is_before(struct spinlock *lock, int other, int own)
{
    long theirs = atomic_load(&lock->number[other]), mine = atomic_load(&lock->number[own]);
    return theirs != 0 && (theirs < mine || (theirs == mine && other < own));
}

void spinlock_acquire(struct spinlock *lock)
{
    int own = own_place();
    draw_number(lock, own);
    for (int other = 0; other < PLACES; other++) {
        while (atomic_load(&lock->choosing[other]))
            sched_yield();
        while (is_before(lock, other, own))
            sched_yield();
    }
}

void spinlock_release(struct spinlock *lock)
{
    atomic_store(&lock->number[own_place()], 0);
}
