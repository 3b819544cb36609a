// Still wrong: the changes are counted in a byte: after 256 of them nothing seems to have changed.
// Caught by: explore

#include "hoard.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct hoard {
    pthread_mutex_t lock; // held by who changes a chest
    atomic_uchar changes; // odd while somebody does
    int chests;
    atomic_long coins[];
};

static void begin_change(struct hoard *hoard)
{
    pthread_mutex_lock(&hoard->lock);
    atomic_fetch_add(&hoard->changes, 1);
}

static void end_change(struct hoard *hoard)
{
    atomic_fetch_add(&hoard->changes, 1);
    pthread_mutex_unlock(&hoard->lock);
}

struct hoard *hoard_new(int chests)
{
    struct hoard *hoard = calloc(1, sizeof *hoard + (size_t)chests * sizeof(atomic_long));
    if (!hoard)
        return NULL;
    hoard->chests = chests;
    pthread_mutex_init(&hoard->lock, NULL);
    return hoard;
}

void hoard_free(struct hoard *hoard)
{
    if (hoard)
        pthread_mutex_destroy(&hoard->lock);
    free(hoard);
}

void hoard_add(struct hoard *hoard, int chest, long coins)
{
    begin_change(hoard);
    hoard->coins[chest] += coins;
    end_change(hoard);
}

bool hoard_carry(struct hoard *hoard, int from, int to, long coins)
{
    begin_change(hoard);
    bool enough = hoard->coins[from] >= coins;
    if (enough) {
        hoard->coins[from] -= coins;
        hoard->coins[to] += coins;
    }
    end_change(hoard);
    return enough;
}

long hoard_in_chest(struct hoard *hoard, int chest)
{
    return hoard->coins[chest];
}

long hoard_count(struct hoard *hoard)
{
    for (;; sched_yield()) {
        unsigned char before = atomic_load(&hoard->changes);
        long coins = 0;
        for (int i = 0; i < hoard->chests; i++)
            coins += hoard->coins[i];
        if (before % 2 == 0 && atomic_load(&hoard->changes) == before)
            return coins;
    }
}
