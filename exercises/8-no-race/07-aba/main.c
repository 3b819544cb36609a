// Two guests come to a cloakroom `rounds` times each, with one coat each. A hook with two coats on it is
// a mistake, and so is a guest who finds no hook.

#include "rack.h"

#include <racelings/rendezvous.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { GUESTS = 2, HOOKS = 4, LONG_MS = 10000 };

static struct rack *rack;
static long rounds;
static atomic_int coats[HOOKS];
static atomic_long alone; // coats that were alone on their hook

static struct rendezvous start = RENDEZVOUS(GUESTS);

static void *guest(void *unused)
{
    rendezvous_meet(&start, LONG_MS);
    for (long i = 0; i < rounds; i++) {
        int hook = rack_take(rack);
        if (hook < 0)
            continue;
        if (atomic_fetch_add_explicit(&coats[hook], 1, memory_order_relaxed) == 0)
            atomic_fetch_add_explicit(&alone, 1, memory_order_relaxed);
        atomic_fetch_sub_explicit(&coats[hook], 1, memory_order_relaxed);
        rack_give_back(rack, hook);
    }
    return unused;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 10000;
    rack = rack_new(HOOKS);
    pthread_t threads[GUESTS];
    for (int i = 0; i < GUESTS; i++)
        pthread_create(&threads[i], NULL, guest, NULL);
    for (int i = 0; i < GUESTS; i++)
        pthread_join(threads[i], NULL);

    printf("want: %ld coats alone on a hook, got: %ld\n", rounds * GUESTS, alone);
    rack_free(rack);
    return alone == rounds * GUESTS ? 0 : 1;
}
