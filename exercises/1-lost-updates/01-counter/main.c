// Five turnstiles, one counter: each turnstile is a thread and lets `rounds` visitors in.

#include "counter.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { TURNSTILES = 5 };

static struct counter *visitors;
static long rounds;
static pthread_barrier_t opening; // all turnstiles open at the same moment

static void *turnstile(void *unused)
{
    (void)unused;
    pthread_barrier_wait(&opening);
    for (long i = 0; i < rounds; i++)
        counter_increment(visitors);
    return NULL;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 100000;
    visitors = counter_new();
    pthread_barrier_init(&opening, NULL, TURNSTILES);

    pthread_t threads[TURNSTILES];
    for (int i = 0; i < TURNSTILES; i++)
        pthread_create(&threads[i], NULL, turnstile, NULL);
    for (int i = 0; i < TURNSTILES; i++)
        pthread_join(threads[i], NULL);

    long want = TURNSTILES * rounds, got = counter_value(visitors);
    printf("want: %ld, got: %ld\n", want, got);

    pthread_barrier_destroy(&opening);
    counter_free(visitors);
    return got == want ? 0 : 1;
}
