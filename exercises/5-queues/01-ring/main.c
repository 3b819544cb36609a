// A microphone records `rounds` samples, a recorder saves them; between the two threads is a ring.

#include "ring.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

// PATIENCE: seconds of processor time without one sample. Only with a broken ring does anybody wait
// for so long; by the clock on the wall a busy machine may keep the other thread from running.
enum { CAPACITY = 8, PATIENCE = 5 };

static struct ring *ring;
static long rounds;
static atomic_bool all_recorded; // no sample will follow
static long saved, first_wrong;  // the recorder's; first_wrong is 0 if none was

static clock_t patience_ends(void)
{
    return clock() + PATIENCE * CLOCKS_PER_SEC;
}

// Lets the other thread run. Returns false if that has been going on for too long.
static bool give_way_until(clock_t end)
{
    sched_yield();
    return clock() < end;
}

// Samples are numbered 1, 2, 3 ... so that a lost, doubled or stale one shows.
static void *microphone(void *unused)
{
    (void)unused;
    bool patient = true;
    for (long sample = 1; patient && sample <= rounds; sample++) {
        clock_t end = patience_ends();
        while (patient && !ring_push(ring, sample))
            patient = give_way_until(end);
    }
    atomic_store(&all_recorded, true);
    return NULL;
}

static void *recorder(void *unused)
{
    (void)unused;
    bool over = false;
    clock_t end = patience_ends();
    while (saved < rounds) {
        long sample;
        if (ring_pop(ring, &sample)) {
            saved++;
            if (sample != saved && first_wrong == 0)
                first_wrong = saved;
            end = patience_ends();
        } else if (over || !give_way_until(end)) {
            break; // still empty although all were recorded: some are lost
        } else {
            over = atomic_load(&all_recorded);
        }
    }
    return NULL;
}

// What must hold without any second thread: as many go in as there is room for, and they come out
// in the order in which they went in.
static bool holds_its_capacity(void)
{
    struct ring *small = ring_new(3);
    long a = 0, b = 0, c = 0, none;
    bool right = !ring_pop(small, &none) && ring_push(small, 1) && ring_push(small, 2) &&
                 ring_push(small, 3) && !ring_push(small, 4) && ring_pop(small, &a) &&
                 ring_push(small, 5) && !ring_push(small, 6) && ring_pop(small, &b) &&
                 ring_pop(small, &c) && a == 1 && b == 2 && c == 3;
    ring_free(small);
    return right;
}

// The same for as long as the recording is, and with a ring that is never empty meanwhile: a count that
// begins anew at some number must not put a sample where another one still is.
static bool holds_it_for_long(void)
{
    struct ring *small = ring_new(3);
    bool right = ring_push(small, 1) && ring_push(small, 2);
    for (long next = 1, sample = 0; right && next <= rounds; next++)
        right = ring_push(small, next + 2) && ring_pop(small, &sample) && sample == next;
    ring_free(small);
    return right;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 100000;
    if (!holds_its_capacity()) {
        printf("a ring with room for 3 samples must take 3, refuse the next, and keep the order\n");
        return 1;
    }
    if (!holds_it_for_long()) {
        printf("a ring with 3 samples in it must keep their order, also after %ld others\n",
               rounds);
        return 1;
    }
    ring = ring_new(CAPACITY);

    pthread_t threads[2];
    pthread_create(&threads[0], NULL, microphone, NULL);
    pthread_create(&threads[1], NULL, recorder, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);

    printf("want: %ld, got: %ld\n", rounds, saved);
    if (first_wrong > 0)
        printf("and sample %ld is not the one that was recorded\n", first_wrong);
    ring_free(ring);
    return saved == rounds && first_wrong == 0 ? 0 : 1;
}
