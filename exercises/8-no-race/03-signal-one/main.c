// Market days, `rounds` of them: a farmer brings one piece of each kind of fruit, and there is a customer
// for each. One of them, another one each day, cannot wait for the farmer; the others come later.
//
// Who is still waiting PATIENCE_MS after all has been delivered will wait for ever: the market closes.

#include "stall.h"

#include <racelings/rendezvous.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { PATIENCE_MS = 5000, LONG_MS = 20000 };

static struct stall **stalls; // one for each day
static long rounds;

static struct rendezvous morning = RENDEZVOUS(1 + FRUITS);
static struct rendezvous brought = RENDEZVOUS(FRUITS);     // the farmer, and who comes later
static struct rendezvous evening = RENDEZVOUS(1 + FRUITS); // all have bought

static void *customer(void *data)
{
    enum fruit kind = *(const enum fruit *)data;
    for (long day = 0; day < rounds; day++) {
        rendezvous_meet(&morning, LONG_MS);
        if (day % FRUITS != kind)
            rendezvous_meet(&brought, LONG_MS);
        stall_buy(stalls[day], kind);
        rendezvous_meet(&evening, LONG_MS);
    }
    return NULL;
}

static void deliver_all(struct stall *stall)
{
    for (int kind = FRUITS - 1; kind >= 0; kind--)
        stall_deliver(stall, (enum fruit)kind);
}

// Returns on how many days everybody got what had been brought, up to the first bad one.
static long keep_market(void)
{
    for (long day = 0; day < rounds; day++) {
        rendezvous_meet(&morning, LONG_MS);
        deliver_all(stalls[day]);
        rendezvous_meet(&brought, LONG_MS);
        if (!rendezvous_meet(&evening, PATIENCE_MS))
            return day;
    }
    return rounds;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 100;
    stalls = calloc((size_t)rounds, sizeof(struct stall *));
    for (long day = 0; day < rounds; day++)
        stalls[day] = stall_new();
    pthread_t threads[FRUITS];
    enum fruit kinds[FRUITS];
    for (int i = 0; i < FRUITS; i++) {
        kinds[i] = (enum fruit)i;
        pthread_create(&threads[i], NULL, customer, &kinds[i]);
    }
    long right = keep_market();
    if (right < rounds) {
        printf("want: %ld good days, got: %ld; then somebody waited on, beside a full basket\n",
               rounds, right);
        exit(1); // nobody will wake him
    }
    for (int i = 0; i < FRUITS; i++)
        pthread_join(threads[i], NULL);
    printf("want: %ld good days, got: %ld\n", rounds, right);
    for (long day = 0; day < rounds; day++)
        stall_free(stalls[day]);
    free(stalls);
    return 0;
}
