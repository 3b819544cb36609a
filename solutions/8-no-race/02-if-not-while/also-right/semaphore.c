// Also right: a semaphore counts the free places; waiting and taking one are a single step.

#include "sauna.h"

#include <semaphore.h>
#include <stdlib.h>

struct sauna {
    sem_t free_places;
    int places;
};

struct sauna *sauna_new(int places)
{
    struct sauna *sauna = calloc(1, sizeof *sauna);
    if (sauna) {
        sem_init(&sauna->free_places, 0, (unsigned)places);
        sauna->places = places;
    }
    return sauna;
}

void sauna_free(struct sauna *sauna)
{
    if (sauna)
        sem_destroy(&sauna->free_places);
    free(sauna);
}

void sauna_enter(struct sauna *sauna)
{
    while (sem_wait(&sauna->free_places) != 0)
        ;
}

void sauna_leave(struct sauna *sauna)
{
    sem_post(&sauna->free_places);
}

int sauna_guests(struct sauna *sauna)
{
    int free_places;
    sem_getvalue(&sauna->free_places, &free_places);
    return sauna->places - free_places;
}
