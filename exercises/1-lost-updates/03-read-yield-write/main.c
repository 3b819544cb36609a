// A video that three people watch over and over: each is a thread and watches it `rounds` times.

#include "read_yield_write.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { VIEWERS = 3 };

static struct views *views;
static long rounds;
static atomic_int seated;

// All viewers start at the same moment. They wait awake: to be woken takes longer than a short run.
static void wait_for_all(void)
{
    atomic_fetch_add_explicit(&seated, 1, memory_order_relaxed);
    while (atomic_load_explicit(&seated, memory_order_relaxed) < VIEWERS)
        sched_yield();
}

static void *watch(void *unused)
{
    (void)unused;
    wait_for_all();
    for (long i = 0; i < rounds; i++)
        views_add(views);
    return NULL;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1000000;
    views = views_new();

    pthread_t viewers[VIEWERS];
    for (int i = 0; i < VIEWERS; i++)
        pthread_create(&viewers[i], NULL, watch, NULL);
    for (int i = 0; i < VIEWERS; i++)
        pthread_join(viewers[i], NULL);

    long want = VIEWERS * rounds, got = views_count(views);
    printf("want: %ld, got: %ld\n", want, got);

    views_free(views);
    return got == want ? 0 : 1;
}
