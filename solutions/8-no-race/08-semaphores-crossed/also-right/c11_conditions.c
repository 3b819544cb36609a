// Also right: the same in C11.

#include "hatch.h"

#include <stdlib.h>
#include <threads.h>

struct hatch {
    mtx_t lock; // guards all below
    cnd_t room, dishes;
    int places, first, count;
    int dish[];
};

struct hatch *hatch_new(int room)
{
    struct hatch *hatch = calloc(1, sizeof *hatch + (size_t)room * sizeof(int));
    if (!hatch)
        return NULL;
    hatch->places = room;
    mtx_init(&hatch->lock, mtx_plain);
    cnd_init(&hatch->room);
    cnd_init(&hatch->dishes);
    return hatch;
}

void hatch_free(struct hatch *hatch)
{
    if (hatch) {
        cnd_destroy(&hatch->room);
        cnd_destroy(&hatch->dishes);
        mtx_destroy(&hatch->lock);
    }
    free(hatch);
}

void hatch_put(struct hatch *hatch, int dish)
{
    mtx_lock(&hatch->lock);
    while (hatch->count == hatch->places)
        cnd_wait(&hatch->room, &hatch->lock);
    hatch->dish[(hatch->first + hatch->count++) % hatch->places] = dish;
    cnd_signal(&hatch->dishes);
    mtx_unlock(&hatch->lock);
}

int hatch_take(struct hatch *hatch)
{
    mtx_lock(&hatch->lock);
    while (hatch->count == 0)
        cnd_wait(&hatch->dishes, &hatch->lock);
    int dish = hatch->dish[hatch->first];
    hatch->first = (hatch->first + 1) % hatch->places;
    hatch->count--;
    cnd_signal(&hatch->room);
    mtx_unlock(&hatch->lock);
    return dish;
}
