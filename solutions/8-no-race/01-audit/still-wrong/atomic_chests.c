// Still wrong: without locks, and each step atomic. The count is many steps.
// Caught by: explore

#include "hoard.h"

#include <stdatomic.h>
#include <stdlib.h>

struct hoard {
    int chests;
    atomic_long coins[];
};

struct hoard *hoard_new(int chests)
{
    struct hoard *hoard = calloc(1, sizeof *hoard + (size_t)chests * sizeof(atomic_long));
    if (hoard)
        hoard->chests = chests;
    return hoard;
}

void hoard_free(struct hoard *hoard)
{
    free(hoard);
}

void hoard_add(struct hoard *hoard, int chest, long coins)
{
    atomic_fetch_add(&hoard->coins[chest], coins);
}

bool hoard_carry(struct hoard *hoard, int from, int to, long coins)
{
    long there = atomic_load(&hoard->coins[from]);
    do {
        if (there < coins)
            return false;
    } while (!atomic_compare_exchange_weak(&hoard->coins[from], &there, there - coins));
    atomic_fetch_add(&hoard->coins[to], coins);
    return true;
}

long hoard_in_chest(struct hoard *hoard, int chest)
{
    return atomic_load(&hoard->coins[chest]);
}

long hoard_count(struct hoard *hoard)
{
    long coins = 0;
    for (int i = 0; i < hoard->chests; i++)
        coins += atomic_load(&hoard->coins[i]);
    return coins;
}
