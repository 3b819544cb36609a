// Also right: a semaphore of one, as a key to the cave: who holds it is alone inside.

#include "hoard.h"

#include <semaphore.h>
#include <stdlib.h>

struct hoard {
    sem_t key; // of which there is one
    int chests;
    long coins[];
};

struct hoard *hoard_new(int chests)
{
    struct hoard *hoard = calloc(1, sizeof *hoard + (size_t)chests * sizeof(long));
    if (!hoard)
        return NULL;
    hoard->chests = chests;
    sem_init(&hoard->key, 0, 1);
    return hoard;
}

void hoard_free(struct hoard *hoard)
{
    if (hoard)
        sem_destroy(&hoard->key);
    free(hoard);
}

void hoard_add(struct hoard *hoard, int chest, long coins)
{
    sem_wait(&hoard->key);
    hoard->coins[chest] += coins;
    sem_post(&hoard->key);
}

bool hoard_carry(struct hoard *hoard, int from, int to, long coins)
{
    sem_wait(&hoard->key);
    bool enough = hoard->coins[from] >= coins;
    if (enough) {
        hoard->coins[from] -= coins;
        hoard->coins[to] += coins;
    }
    sem_post(&hoard->key);
    return enough;
}

long hoard_in_chest(struct hoard *hoard, int chest)
{
    sem_wait(&hoard->key);
    long coins = hoard->coins[chest];
    sem_post(&hoard->key);
    return coins;
}

long hoard_count(struct hoard *hoard)
{
    long coins = 0;
    sem_wait(&hoard->key);
    for (int i = 0; i < hoard->chests; i++)
        coins += hoard->coins[i];
    sem_post(&hoard->key);
    return coins;
}
