// Still wrong: a single condition variable and a signal: a cook's signal may wake a cook.
// Caught by: explore

#include "hatch.h"

#include <pthread.h>
#include <stdlib.h>

struct hatch {
    pthread_mutex_t lock; // guards all below
    pthread_cond_t changed;
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
    pthread_cond_init(&hatch->changed, NULL);
    return hatch;
}

void hatch_free(struct hatch *hatch)
{
    if (hatch) {
        pthread_cond_destroy(&hatch->changed);
        pthread_mutex_destroy(&hatch->lock);
    }
    free(hatch);
}

void hatch_put(struct hatch *hatch, int dish)
{
    pthread_mutex_lock(&hatch->lock);
    while (hatch->count == hatch->places)
        pthread_cond_wait(&hatch->changed, &hatch->lock);
    hatch->dish[(hatch->first + hatch->count++) % hatch->places] = dish;
    pthread_cond_signal(&hatch->changed);
    pthread_mutex_unlock(&hatch->lock);
}

int hatch_take(struct hatch *hatch)
{
    pthread_mutex_lock(&hatch->lock);
    while (hatch->count == 0)
        pthread_cond_wait(&hatch->changed, &hatch->lock);
    int dish = hatch->dish[hatch->first];
    hatch->first = (hatch->first + 1) % hatch->places;
    hatch->count--;
    pthread_cond_signal(&hatch->changed);
    pthread_mutex_unlock(&hatch->lock);
    return dish;
}
