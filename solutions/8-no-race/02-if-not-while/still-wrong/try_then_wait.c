// Still wrong: a semaphore, and a look at its value before: between the look and the post nobody is
// kept out.
// Caught by: explore

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
    int free_places = 0;
    while (free_places <= 0)
        sem_getvalue(&sauna->free_places, &free_places);
    sem_trywait(&sauna->free_places);
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
