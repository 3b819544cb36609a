// Also right: a mutex for who reaches in, semaphores for what there is to wait for; and the waiting
// comes first.

#include "hatch.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

struct hatch {
    pthread_mutex_t alone; // one at a time reaches in
    sem_t room, dishes;    // so many free places, so many taken ones
    int places, first, end;
    int dish[];
};

struct hatch *hatch_new(int room)
{
    struct hatch *hatch = calloc(1, sizeof *hatch + (size_t)room * sizeof(int));
    if (!hatch)
        return NULL;
    hatch->places = room;
    pthread_mutex_init(&hatch->alone, NULL);
    sem_init(&hatch->room, 0, (unsigned)room);
    sem_init(&hatch->dishes, 0, 0);
    return hatch;
}

void hatch_free(struct hatch *hatch)
{
    if (hatch) {
        pthread_mutex_destroy(&hatch->alone);
        sem_destroy(&hatch->room);
        sem_destroy(&hatch->dishes);
    }
    free(hatch);
}

void hatch_put(struct hatch *hatch, int dish)
{
    sem_wait(&hatch->room);
    pthread_mutex_lock(&hatch->alone);
    hatch->dish[hatch->end] = dish;
    hatch->end = (hatch->end + 1) % hatch->places;
    sem_post(&hatch->dishes);
    pthread_mutex_unlock(&hatch->alone);
}

int hatch_take(struct hatch *hatch)
{
    sem_wait(&hatch->dishes);
    pthread_mutex_lock(&hatch->alone);
    int dish = hatch->dish[hatch->first];
    hatch->first = (hatch->first + 1) % hatch->places;
    sem_post(&hatch->room);
    pthread_mutex_unlock(&hatch->alone);
    return dish;
}
