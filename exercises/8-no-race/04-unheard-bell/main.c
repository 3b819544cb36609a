// A street of `rounds` houses. In each somebody goes to the door when it rings, and the postman, who has
// a parcel, rings again and again until it opens.

#include "doorbell.h"

#include <racelings/rendezvous.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOMENT_MS = 2, LONG_MS = 20000 };

static struct doorbell **houses;
static long *parcels, taken; // taken: by the people, who read what the postman has written
static long rounds;

static struct rendezvous next_house = RENDEZVOUS(2);
static struct rendezvous opened = RENDEZVOUS(2);

static void *people(void *unused)
{
    for (long i = 0; i < rounds; i++) {
        rendezvous_meet(&next_house, LONG_MS);
        doorbell_wait(houses[i]);
        taken += parcels[i] == i + 1;
        rendezvous_meet(&opened, LONG_MS);
    }
    return unused;
}

static void deliver(void)
{
    for (long i = 0; i < rounds; i++) {
        rendezvous_meet(&next_house, LONG_MS);
        parcels[i] = i + 1;
        do
            doorbell_ring(houses[i]);
        while (!rendezvous_meet(&opened, MOMENT_MS));
    }
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 100;
    houses = calloc((size_t)rounds, sizeof(struct doorbell *));
    parcels = calloc((size_t)rounds, sizeof(long));
    for (long i = 0; i < rounds; i++)
        houses[i] = doorbell_new();
    pthread_t thread;
    pthread_create(&thread, NULL, people, NULL);
    deliver();
    pthread_join(thread, NULL);

    printf("want: %ld parcels, got: %ld\n", rounds, taken);
    for (long i = 0; i < rounds; i++)
        doorbell_free(houses[i]);
    free(houses);
    free(parcels);
    return taken == rounds ? 0 : 1;
}
