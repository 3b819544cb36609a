// A station with one ticket machine: four clerks serve `rounds` travellers each. Every ticket gets
// the next number, and its price goes into the till; one lock guards both.

#include "unlock_relaxed.h"

#include <pthread.h>
#include <racelings/rendezvous.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { CLERKS = 4, PRICE = 3, MEETING_MS = 5000 };

static long rounds;

static struct lock *machine; // guards tickets and till
static long tickets, till;

static void serve(void)
{
    lock_acquire(machine);
    long number = tickets + 1;
    if (number % 8 == 0)
        sched_yield(); // the printer needs a moment: time for others to come, and to wait outside
    tickets = number;
    till += PRICE;
    lock_release(machine);
}

static struct rendezvous opening = RENDEZVOUS(CLERKS); // orders nothing that a judge could see

static void *clerk(void *unused)
{
    (void)unused;
    rendezvous_meet(&opening, MEETING_MS);
    for (long i = 0; i < rounds; i++)
        serve();
    return NULL;
}

// Two locks are two locks: both can be held at the same time, by different threads.
static struct rendezvous both_hold = RENDEZVOUS(2);
static atomic_bool alone; // one waited in vain; the other need not

static void *hold(void *lock)
{
    lock_acquire(lock);
    if (!atomic_load(&alone) && !rendezvous_meet(&both_hold, MEETING_MS))
        atomic_store(&alone, true);
    lock_release(lock);
    return NULL;
}

static bool two_locks_are_independent(void)
{
    struct lock *locks[2] = {lock_new(), lock_new()};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, hold, locks[i]);
    for (int i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
        lock_free(locks[i]);
    }
    return !atomic_load(&alone);
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1000;
    machine = lock_new();
    pthread_t clerks[CLERKS];
    for (int i = 0; i < CLERKS; i++)
        pthread_create(&clerks[i], NULL, clerk, NULL);
    for (int i = 0; i < CLERKS; i++)
        pthread_join(clerks[i], NULL);
    lock_free(machine);

    long want = CLERKS * rounds;
    printf("tickets: want: %ld, got: %ld\n", want, tickets);
    printf("till: want: %ld, got: %ld\n", want * PRICE, till);
    bool independent = two_locks_are_independent();
    if (!independent)
        printf("and two locks cannot be held at the same time\n");
    return tickets == want && till == want * PRICE && independent ? 0 : 1;
}
