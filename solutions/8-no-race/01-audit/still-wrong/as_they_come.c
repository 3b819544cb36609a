// Still wrong: two locks at once, and in the order in which they are named: who carries up and who
// carries down wait for each other.
// Caught by: explore, tsan, helgrind

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

// Locks two chests; the same chest only once.
static void lock_both(struct hoard *hoard, int one, int other)
{
    pthread_mutex_lock(&hoard->chest[one].lock);
    if (one != other)
        pthread_mutex_lock(&hoard->chest[other].lock);
}

static void unlock_both(struct hoard *hoard, int one, int other)
{
    pthread_mutex_unlock(&hoard->chest[one].lock);
    if (one != other)
        pthread_mutex_unlock(&hoard->chest[other].lock);
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
    struct chest *chest = hoard->chest;
    lock_both(hoard, from, to);
    bool enough = chest[from].coins >= coins;
    if (enough) {
        chest[from].coins -= coins;
        chest[to].coins += coins;
    }
    unlock_both(hoard, from, to);
    return enough;
}

long hoard_in_chest(struct hoard *hoard, int chest)
{
    return look(&hoard->chest[chest]);
}

long hoard_count(struct hoard *hoard)
{
    long coins = 0;
    for (int i = 0; i < hoard->chests; i++)
        pthread_mutex_lock(&hoard->chest[i].lock);
    for (int i = 0; i < hoard->chests; i++)
        coins += hoard->chest[i].coins;
    for (int i = hoard->chests - 1; i >= 0; i--)
        pthread_mutex_unlock(&hoard->chest[i].lock);
    return coins;
}
