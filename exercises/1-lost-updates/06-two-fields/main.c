// A stock exchange: two feeds publish `rounds` prices each, two robots look at the price as often.

#include "two_fields.h"

#include <pthread.h>
#include <racelings/rendezvous.h>
#include <stdio.h>
#include <stdlib.h>

enum { FEEDS = 2, ROBOTS = 2, THREADS = FEEDS + ROBOTS };

static const int spread = 5; // cents between the two prices of every quote that is published

static struct quote *quote;
static long rounds;
static pthread_barrier_t opening; // feeds and robots start at the same moment
static struct rendezvous noon = RENDEZVOUS(THREADS);

struct robot {
    long deals; // quotes seen in which the two prices did not belong together
};

// Half-way all meet once more, so that in no run the feeds are done before the first robot looks.
static void meet_at_noon(long round)
{
    if (round == rounds / 2)
        rendezvous_meet(&noon, 10000);
}

static void *feed(void *unused)
{
    (void)unused;
    pthread_barrier_wait(&opening);
    for (long i = 0; i < rounds; i++) {
        meet_at_noon(i);
        int bid = 1000 + (int)(i * 37 % 500);
        quote_set(quote, bid, bid + spread);
    }
    return NULL;
}

static void *trade(void *argument)
{
    struct robot *robot = argument;
    pthread_barrier_wait(&opening);
    for (long i = 0; i < rounds; i++) {
        meet_at_noon(i);
        int bid, ask;
        quote_get(quote, &bid, &ask);
        if (ask - bid != spread)
            robot->deals++;
    }
    return NULL;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 100000;
    quote = quote_new();
    quote_set(quote, 1000, 1000 + spread);
    pthread_barrier_init(&opening, NULL, THREADS);

    pthread_t threads[THREADS];
    struct robot robots[ROBOTS] = {{0}};
    for (int i = 0; i < ROBOTS; i++)
        pthread_create(&threads[i], NULL, trade, &robots[i]);
    for (int i = ROBOTS; i < THREADS; i++)
        pthread_create(&threads[i], NULL, feed, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);

    long torn = 0;
    for (int i = 0; i < ROBOTS; i++)
        torn += robots[i].deals;
    printf("torn quotes: want: 0, got: %ld (of %ld)\n", torn, ROBOTS * rounds);

    pthread_barrier_destroy(&opening);
    quote_free(quote);
    return torn == 0 ? 0 : 1;
}
