// Still wrong: without the hatch's own semaphore there is nothing to cross; and two cooks put their
// dishes in the same place.
// Caught by: explore

#include "hatch.h"

#include <semaphore.h>
#include <stdlib.h>

struct hatch {
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
    sem_init(&hatch->room, 0, (unsigned)room);
    sem_init(&hatch->dishes, 0, 0);
    return hatch;
}

void hatch_free(struct hatch *hatch)
{
    if (hatch) {
        sem_destroy(&hatch->room);
        sem_destroy(&hatch->dishes);
    }
    free(hatch);
}

void hatch_put(struct hatch *hatch, int dish)
{
    sem_wait(&hatch->room);
    hatch->dish[hatch->end] = dish;
    hatch->end = (hatch->end + 1) % hatch->places;
    sem_post(&hatch->dishes);
}

int hatch_take(struct hatch *hatch)
{
    sem_wait(&hatch->dishes);
    int dish = hatch->dish[hatch->first];
    hatch->first = (hatch->first + 1) % hatch->places;
    sem_post(&hatch->room);
    return dish;
}
