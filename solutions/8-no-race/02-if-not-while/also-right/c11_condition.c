// Also right: the reference in C11.

#include "sauna.h"

#include <stdlib.h>
#include <threads.h>

struct sauna {
    mtx_t lock; // guards guests
    cnd_t place_free;
    int places, guests;
};

struct sauna *sauna_new(int places)
{
    struct sauna *sauna = calloc(1, sizeof *sauna);
    if (sauna) {
        mtx_init(&sauna->lock, mtx_plain);
        cnd_init(&sauna->place_free);
        sauna->places = places;
    }
    return sauna;
}

void sauna_free(struct sauna *sauna)
{
    if (sauna) {
        cnd_destroy(&sauna->place_free);
        mtx_destroy(&sauna->lock);
    }
    free(sauna);
}

void sauna_enter(struct sauna *sauna)
{
    mtx_lock(&sauna->lock);
    while (sauna->guests == sauna->places)
        cnd_wait(&sauna->place_free, &sauna->lock);
    sauna->guests++;
    mtx_unlock(&sauna->lock);
}

void sauna_leave(struct sauna *sauna)
{
    mtx_lock(&sauna->lock);
    sauna->guests--;
    cnd_signal(&sauna->place_free);
    mtx_unlock(&sauna->lock);
}

int sauna_guests(struct sauna *sauna)
{
    mtx_lock(&sauna->lock);
    int guests = sauna->guests;
    mtx_unlock(&sauna->lock);
    return guests;
}
