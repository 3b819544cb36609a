// A server with four request threads, and one that draws a chart: requests in the last interval,
// and in the one before, and so on. The bars of the chart must add up.

#include "mixed_access.h"

#include <pthread.h>
#include <racelings/rendezvous.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum { SERVERS = 4, BARS = 20, MEETING_MS = 10000 };

static struct stats *stats;
static long rounds;
static atomic_int drawn;             // bars of the chart so far
static atomic_int at_work = SERVERS; // servers that have not finished
static struct rendezvous opening = RENDEZVOUS(SERVERS + 1);

// Relaxed throughout: the driver must not order what the statistics do not order themselves.
static int now(atomic_int *number)
{
    return atomic_load_explicit(number, memory_order_relaxed);
}

// Goes on, slowly, until there is a chart, however late its thread gets a processor: what is drawn
// while nobody counts proves nothing.
static void *server(void *own_count)
{
    long *count = own_count;
    rendezvous_meet(&opening, MEETING_MS);
    for (; *count < rounds || now(&drawn) < BARS; ++*count) {
        stats_count(stats);
        if (*count >= rounds)
            sched_yield();
    }
    atomic_fetch_sub_explicit(&at_work, 1, memory_order_relaxed);
    return NULL;
}

static void *chart(void *own_sum)
{
    long *sum = own_sum;
    rendezvous_meet(&opening, MEETING_MS);
    do {
        *sum += stats_take(stats);
        atomic_fetch_add_explicit(&drawn, 1, memory_order_relaxed);
        sched_yield();
    } while (now(&at_work) > 0);
    return NULL;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 100000;
    stats = stats_new();
    long sum = 0, counted[SERVERS] = {0};
    pthread_t servers[SERVERS], painter;
    pthread_create(&painter, NULL, chart, &sum);
    for (int i = 0; i < SERVERS; i++)
        pthread_create(&servers[i], NULL, server, &counted[i]);
    for (int i = 0; i < SERVERS; i++)
        pthread_join(servers[i], NULL);
    pthread_join(painter, NULL);

    long want = 0, got = sum + stats_take(stats);
    for (int i = 0; i < SERVERS; i++)
        want += counted[i];
    printf("want: %ld, got: %ld\n", want, got);
    long again = stats_take(stats); // nothing has happened since
    if (again != 0)
        printf("and %ld that were taken already are given again\n", again);
    stats_free(stats);
    return got == want && again == 0 ? 0 : 1;
}
