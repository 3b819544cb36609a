// Two dwarves carry coins about among the chests, `rounds` times each, and the dragon counts as often
// meanwhile. No coin ever leaves the hoard, so every count should be the same.

#include "hoard.h"

#include <racelings/rendezvous.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { CHESTS = 4, DWARVES = 2, IN_EACH = 100, COINS = CHESTS * IN_EACH, LONG_MS = 10000 };

static struct hoard *hoard;
static long rounds;

static struct rendezvous start = RENDEZVOUS(DWARVES + 1);

static void *dwarf(void *data)
{
    int chest = *(const int *)data;
    rendezvous_meet(&start, LONG_MS);
    for (long i = 0; i < rounds; i++) {
        int next = (chest + 1) % CHESTS;
        hoard_carry(hoard, chest, next, 7);
        chest = next;
    }
    return NULL;
}

// Returns how many counts were right; `*wrong` is what the first one found that was not.
static long count_often(long *wrong)
{
    long right = 0;
    rendezvous_meet(&start, LONG_MS);
    for (long i = 0; i < rounds; i++) {
        long coins = hoard_count(hoard);
        if (coins == COINS)
            right++;
        else if (right == i)
            *wrong = coins;
    }
    return right;
}

int main(int argc, char **argv)
{
    rounds = argc > 1 ? atol(argv[1]) : 1000;
    hoard = hoard_new(CHESTS);
    for (int i = 0; i < CHESTS; i++)
        hoard_add(hoard, i, IN_EACH);

    pthread_t threads[DWARVES];
    int first[DWARVES];
    for (int i = 0; i < DWARVES; i++) {
        first[i] = i * CHESTS / DWARVES;
        pthread_create(&threads[i], NULL, dwarf, &first[i]);
    }
    long wrong = 0, right = count_often(&wrong);
    for (int i = 0; i < DWARVES; i++)
        pthread_join(threads[i], NULL);

    printf("want: %ld counts of %d coins, got: %ld", rounds, COINS, right);
    if (right < rounds)
        printf("; the first wrong one found %ld", wrong);
    printf("\n");
    hoard_free(hoard);
    return right == rounds ? 0 : 1;
}
