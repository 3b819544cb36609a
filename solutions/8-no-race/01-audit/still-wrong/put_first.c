// Still wrong: puts the coins down before it takes them: now they are never missed, and sometimes
// counted twice.
// Caught by: explore

#include "hoard.h"

#include <pthread.h>
#include <stdlib.h>

struct chest {
    pthread_mutex_t lock; // guards coins
    long coins;
};

struct hoard {
    int chests;
    struct chest chest[];
};

struct hoard *hoard_new(int chests)
{
    struct hoard *hoard = calloc(1, sizeof *hoard + (size_t)chests * sizeof(struct chest));
    if (!hoard)
        return NULL;
    hoard->chests = chests;
    for (int i = 0; i < chests; i++)
        pthread_mutex_init(&hoard->chest[i].lock, NULL);
    return hoard;
}

void hoard_free(struct hoard *hoard)
{
    for (int i = 0; hoard && i < hoard->chests; i++)
        pthread_mutex_destroy(&hoard->chest[i].lock);
    free(hoard);
}

// Takes coins out of a chest, if there are so many.
static bool take(struct chest *chest, long coins)
{
    pthread_mutex_lock(&chest->lock);
    bool enough = chest->coins >= coins;
    if (enough)
        chest->coins -= coins;
    pthread_mutex_unlock(&chest->lock);
    return enough;
}

static void put(struct chest *chest, long coins)
{
    pthread_mutex_lock(&chest->lock);
    chest->coins += coins;
    pthread_mutex_unlock(&chest->lock);
}

static long look(struct chest *chest)
{
    pthread_mutex_lock(&chest->lock);
    long coins = chest->coins;
    pthread_mutex_unlock(&chest->lock);
    return coins;
}

void hoard_add(struct hoard *hoard, int chest, long coins)
{
    put(&hoard->chest[chest], coins);
}

bool hoard_carry(struct hoard *hoard, int from, int to, long coins)
{
    if (look(&hoard->chest[from]) < coins)
        return false;
    put(&hoard->chest[to], coins);
    return take(&hoard->chest[from], coins);
}

long hoard_in_chest(struct hoard *hoard, int chest)
{
    return look(&hoard->chest[chest]);
}

long hoard_count(struct hoard *hoard)
{
    long coins = 0;
    for (int i = 0; i < hoard->chests; i++)
        coins += look(&hoard->chest[i]);
    return coins;
}
