// A quiet evening: a cook puts in `rounds` dishes, and rings; then the waiter takes one. Two may be
// there at a time.

#include "hatch.h"

#include <racelings/remains.h>
#include <racelings/rendezvous.h>

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <unistd.h>

enum { ROOM = 4, LONG_MS = 10000 };
// Of a busy evening, if the run is a long one: so many dishes, one after the other; and the seconds of
// computing after which nothing comes any more, many times what all of them take.
enum { BUSY = 70000, ROUNDS_ENOUGH = 50, COMPUTING_MOST = 5 };

static struct hatch *hatch;
static long rounds, in_order;

static struct rendezvous bell = RENDEZVOUS(2); // the dish is there
static struct rendezvous gone = RENDEZVOUS(2); // the one before it has been taken

static void *cook(void *unused)
{
    for (long i = 0; i < rounds; i++) {
        hatch_put(hatch, (int)i);
        rendezvous_meet(&bell, LONG_MS);
        hatch_put(hatch, -1); // bread, while the waiter is at it
        rendezvous_meet(&gone, LONG_MS);
    }
    return unused;
}

static void *waiter(void *unused)
{
    for (long i = 0; i < rounds; i++) {
        rendezvous_meet(&bell, LONG_MS);
        in_order += hatch_take(hatch) == (int)i;
        rendezvous_meet(&gone, LONG_MS);
        in_order += hatch_take(hatch) == -1;
    }
    return unused;
}

static void give_up_waiting(int signal)
{
    static const char text[] = "somebody waits at the hatch, and nobody is in the way\n";
    (void)signal;
    _exit(write(STDOUT_FILENO, text, sizeof text - 1) < 0 ? 2 : 1);
}

static void let_compute(time_t seconds)
{
    setitimer(ITIMER_PROF, &(struct itimerval){.it_value.tv_sec = seconds}, NULL);
}

// More dishes go through the only place than 16 bits count. One thread puts them in and takes them out: it
// has nothing to wait for.
static bool serves_a_busy_evening(void)
{
    struct hatch *small = hatch_new(1);
    bool served = true;
    signal(SIGPROF, give_up_waiting);
    let_compute(COMPUTING_MOST);
    for (int i = 0; i < BUSY && served; i++) {
        hatch_put(small, i);
        served = hatch_take(small) == i;
    }
    let_compute(0);
    hatch_free(small);
    return served;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1000;
    int open_before = remains_open();
    if (rounds >= ROUNDS_ENOUGH && !serves_a_busy_evening()) {
        printf("a dish is taken that was not put in\n");
        return 1;
    }
    hatch = hatch_new(ROOM);
    pthread_t threads[2];
    pthread_create(&threads[0], NULL, cook, NULL);
    pthread_create(&threads[1], NULL, waiter, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    hatch_free(hatch);
    int left_open = remains_open() - open_before;
    if (left_open != 0)
        printf("want: nothing left open, got: %d descriptors\n", left_open);
    printf("want: %ld dishes in their order, got: %ld\n", 2 * rounds, in_order);
    return in_order == 2 * rounds && left_open == 0 ? 0 : 1;
}
