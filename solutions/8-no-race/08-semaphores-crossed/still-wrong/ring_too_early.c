// Still wrong: rings before the dish is in; the waiter takes what was there before.
// Caught by: explore

#include "hatch.h"

#include <semaphore.h>
#include <stdlib.h>

struct hatch {
    sem_t alone;        // one at a time reaches in
    sem_t room, dishes; // so many free places, so many taken ones
    int places, first, end;
    int dish[];
};

struct hatch *hatch_new(int room)
{
    struct hatch *hatch = calloc(1, sizeof *hatch + (size_t)room * sizeof(int));
    if (!hatch)
        return NULL;
    hatch->places = room;
    sem_init(&hatch->alone, 0, 1);
    sem_init(&hatch->room, 0, (unsigned)room);
    sem_init(&hatch->dishes, 0, 0);
    return hatch;
}

void hatch_free(struct hatch *hatch)
{
    if (hatch) {
        sem_destroy(&hatch->alone);
        sem_destroy(&hatch->room);
        sem_destroy(&hatch->dishes);
    }
    free(hatch);
}

void hatch_put(struct hatch *hatch, int dish)
{
    sem_wait(&hatch->room);
    sem_post(&hatch->dishes);
    sem_wait(&hatch->alone);
    hatch->dish[hatch->end] = dish;
    hatch->end = (hatch->end + 1) % hatch->places;
    sem_post(&hatch->alone);
}

int hatch_take(struct hatch *hatch)
{
    sem_wait(&hatch->dishes);
    sem_wait(&hatch->alone);
    int dish = hatch->dish[hatch->first];
    hatch->first = (hatch->first + 1) % hatch->places;
    sem_post(&hatch->room);
    sem_post(&hatch->alone);
    return dish;
}
