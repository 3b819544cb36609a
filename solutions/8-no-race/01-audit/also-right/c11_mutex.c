// Also right: the reference with C11's mutex.

#include "hoard.h"

#include <stdlib.h>
#include <threads.h>

struct hoard {
    mtx_t lock; // guards all coins: the count is true while it is held
    int chests;
    long coins[];
};

struct hoard *hoard_new(int chests)
{
    struct hoard *hoard = calloc(1, sizeof *hoard + (size_t)chests * sizeof(long));
    if (!hoard)
        return NULL;
    hoard->chests = chests;
    mtx_init(&hoard->lock, mtx_plain);
    return hoard;
}

void hoard_free(struct hoard *hoard)
{
    if (hoard)
        mtx_destroy(&hoard->lock);
    free(hoard);
}

void hoard_add(struct hoard *hoard, int chest, long coins)
{
    mtx_lock(&hoard->lock);
    hoard->coins[chest] += coins;
    mtx_unlock(&hoard->lock);
}

bool hoard_carry(struct hoard *hoard, int from, int to, long coins)
{
    mtx_lock(&hoard->lock);
    bool enough = hoard->coins[from] >= coins;
    if (enough) {
        hoard->coins[from] -= coins;
        hoard->coins[to] += coins;
    }
    mtx_unlock(&hoard->lock);
    return enough;
}

long hoard_in_chest(struct hoard *hoard, int chest)
{
    mtx_lock(&hoard->lock);
    long coins = hoard->coins[chest];
    mtx_unlock(&hoard->lock);
    return coins;
}

long hoard_count(struct hoard *hoard)
{
    long coins = 0;
    mtx_lock(&hoard->lock);
    for (int i = 0; i < hoard->chests; i++)
        coins += hoard->coins[i];
    mtx_unlock(&hoard->lock);
    return coins;
}
