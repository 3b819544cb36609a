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

enum { SERVERS = 4, MEETING_MS = 10000 };

static struct stats *stats;
static long rounds;
static atomic_int at_work = SERVERS; // servers that have not finished
static struct rendezvous opening = RENDEZVOUS(SERVERS + 1);

static void *server(void *unused)
{
    (void)unused;
    rendezvous_meet(&opening, MEETING_MS);
    for (long i = 0; i < rounds; i++)
        stats_count(stats);
    // Relaxed: the driver must not order what the statistics do not order themselves.
    atomic_fetch_sub_explicit(&at_work, 1, memory_order_relaxed);
    return NULL;
}

static void *chart(void *own_sum)
{
    long *sum = own_sum;
    rendezvous_meet(&opening, MEETING_MS);
    do {
        *sum += stats_take(stats);
        sched_yield();
    } while (atomic_load_explicit(&at_work, memory_order_relaxed) > 0);
    return NULL;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 100000;
    stats = stats_new();
    long sum = 0;
    pthread_t servers[SERVERS], painter;
    pthread_create(&painter, NULL, chart, &sum);
    for (int i = 0; i < SERVERS; i++)
        pthread_create(&servers[i], NULL, server, NULL);
    for (int i = 0; i < SERVERS; i++)
        pthread_join(servers[i], NULL);
    pthread_join(painter, NULL);

    long want = SERVERS * rounds, got = sum + stats_take(stats);
    printf("want: %ld, got: %ld\n", want, got);
    long again = stats_take(stats); // nothing has happened since
    if (again != 0)
        printf("and %ld that were taken already are given again\n", again);
    stats_free(stats);
    return got == want && again == 0 ? 0 : 1;
}
