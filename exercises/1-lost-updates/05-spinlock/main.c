// A server with three workers: each counts `rounds` requests, and a spin lock guards the count.

#include "spinlock.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORKERS = 3, NOBODY = -1, LOOKS = 8 };

static struct spinlock *lock;
static long requests; // guarded by the lock
static long rounds;
static pthread_barrier_t opening; // all workers start at the same moment

// Who is in the critical section, and how often somebody was not alone there. Relaxed on purpose:
// this orders nothing, so that the only order between the workers is the one that the lock makes.
static atomic_int occupant = NOBODY;
static atomic_long meetings;

// Enters, stays for a moment and leaves. Gives whether this worker was alone all the time.
static bool look_around(int self)
{
    bool alone = atomic_exchange_explicit(&occupant, self, memory_order_relaxed) == NOBODY;
    for (int i = 0; i < LOOKS; i++)
        alone &= atomic_load_explicit(&occupant, memory_order_relaxed) == self;
    atomic_store_explicit(&occupant, NOBODY, memory_order_relaxed);
    return alone;
}

static void count_request(int self)
{
    spinlock_acquire(lock);
    requests++;
    bool alone = look_around(self);
    spinlock_release(lock);
    if (!alone)
        atomic_fetch_add_explicit(&meetings, 1, memory_order_relaxed);
}

static void *work(void *number)
{
    int self = *(const int *)number;
    pthread_barrier_wait(&opening);
    for (long i = 0; i < rounds; i++) {
        count_request(self);
        sched_yield(); // the next request may be for another worker
    }
    return NULL;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 10000;
    lock = spinlock_new();
    pthread_barrier_init(&opening, NULL, WORKERS);

    pthread_t workers[WORKERS];
    int numbers[WORKERS];
    for (int i = 0; i < WORKERS; i++) {
        numbers[i] = i;
        pthread_create(&workers[i], NULL, work, &numbers[i]);
    }
    for (int i = 0; i < WORKERS; i++)
        pthread_join(workers[i], NULL);

    long want = WORKERS * rounds, met = atomic_load(&meetings);
    printf("want: %ld, got: %ld\n", want, requests);
    printf("not alone in the critical section: %ld times\n", met);

    pthread_barrier_destroy(&opening);
    spinlock_free(lock);
    return requests == want && met == 0 ? 0 : 1;
}
