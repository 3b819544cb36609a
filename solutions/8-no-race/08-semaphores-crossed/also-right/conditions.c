// Also right: a mutex and two condition variables: whoever waits gives the mutex back while it
// sleeps.

#include "hatch.h"

#include <pthread.h>
#include <stdlib.h>

struct hatch {
    pthread_mutex_t lock; // guards all below
    pthread_cond_t room, dishes;
    int places, first, count;
    int dish[];
};

struct hatch *hatch_new(int room)
{
    struct hatch *hatch = calloc(1, sizeof *hatch + (size_t)room * sizeof(int));
    if (!hatch)
        return NULL;
    hatch->places = room;
    pthread_mutex_init(&hatch->lock, NULL);
    pthread_cond_init(&hatch->room, NULL);
    pthread_cond_init(&hatch->dishes, NULL);
    return hatch;
}

void hatch_free(struct hatch *hatch)
{
    if (hatch) {
        pthread_cond_destroy(&hatch->room);
        pthread_cond_destroy(&hatch->dishes);
        pthread_mutex_destroy(&hatch->lock);
    }
    free(hatch);
}

void hatch_put(struct hatch *hatch, int dish)
{
    pthread_mutex_lock(&hatch->lock);
    while (hatch->count == hatch->places)
        pthread_cond_wait(&hatch->room, &hatch->lock);
    hatch->dish[(hatch->first + hatch->count++) % hatch->places] = dish;
    pthread_cond_signal(&hatch->dishes);
    pthread_mutex_unlock(&hatch->lock);
}

int hatch_take(struct hatch *hatch)
{
    pthread_mutex_lock(&hatch->lock);
    while (hatch->count == 0)
        pthread_cond_wait(&hatch->dishes, &hatch->lock);
    int dish = hatch->dish[hatch->first];
    hatch->first = (hatch->first + 1) % hatch->places;
    hatch->count--;
    pthread_cond_signal(&hatch->room);
    pthread_mutex_unlock(&hatch->lock);
    return dish;
}
