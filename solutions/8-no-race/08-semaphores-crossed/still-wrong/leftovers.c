// Still wrong: a list of dishes, each of which is freed by who takes it. Those that nobody takes
// stay when the hatch is gone.
// Caught by: explore

#include "hatch.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

struct dish {
    int number;
    struct dish *next;
};

struct hatch {
    sem_t room, dishes;   // so many free places, so many taken ones
    pthread_mutex_t lock; // guards the list
    struct dish *first, **end;
};

struct hatch *hatch_new(int room)
{
    struct hatch *hatch = malloc(sizeof *hatch);
    if (!hatch)
        return NULL;
    sem_init(&hatch->room, 0, (unsigned)room);
    sem_init(&hatch->dishes, 0, 0);
    pthread_mutex_init(&hatch->lock, NULL);
    hatch->first = NULL;
    hatch->end = &hatch->first;
    return hatch;
}

void hatch_free(struct hatch *hatch)
{
    if (hatch) {
        sem_destroy(&hatch->room);
        sem_destroy(&hatch->dishes);
        pthread_mutex_destroy(&hatch->lock);
    }
    free(hatch);
}

void hatch_put(struct hatch *hatch, int number)
{
    struct dish *dish = malloc(sizeof *dish);
    if (!dish)
        abort();
    *dish = (struct dish){number, NULL};
    sem_wait(&hatch->room);
    pthread_mutex_lock(&hatch->lock);
    *hatch->end = dish;
    hatch->end = &dish->next;
    pthread_mutex_unlock(&hatch->lock);
    sem_post(&hatch->dishes);
}

int hatch_take(struct hatch *hatch)
{
    sem_wait(&hatch->dishes);
    pthread_mutex_lock(&hatch->lock);
    struct dish *dish = hatch->first;
    hatch->first = dish->next;
    if (!hatch->first)
        hatch->end = &hatch->first;
    pthread_mutex_unlock(&hatch->lock);
    sem_post(&hatch->room);
    int number = dish->number;
    free(dish);
    return number;
}
