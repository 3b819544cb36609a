// Still wrong: remembers who was let in, one flag for all: who comes first takes the flag and the
// place of another.
// Caught by: explore

#include "sauna.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct sauna {
    pthread_mutex_t lock; // guards guests
    pthread_cond_t place_free;
    int places, guests;
    bool let_in; // somebody has left, and who waits may go in
};

struct sauna *sauna_new(int places)
{
    struct sauna *sauna = calloc(1, sizeof *sauna);
    if (sauna) {
        pthread_mutex_init(&sauna->lock, NULL);
        pthread_cond_init(&sauna->place_free, NULL);
        sauna->places = places;
    }
    return sauna;
}

void sauna_free(struct sauna *sauna)
{
    if (sauna) {
        pthread_cond_destroy(&sauna->place_free);
        pthread_mutex_destroy(&sauna->lock);
    }
    free(sauna);
}

void sauna_enter(struct sauna *sauna)
{
    pthread_mutex_lock(&sauna->lock);
    if (sauna->guests == sauna->places) {
        sauna->let_in = false;
        while (!sauna->let_in)
            pthread_cond_wait(&sauna->place_free, &sauna->lock);
    }
    sauna->guests++;
    pthread_mutex_unlock(&sauna->lock);
}

void sauna_leave(struct sauna *sauna)
{
    pthread_mutex_lock(&sauna->lock);
    sauna->guests--;
    sauna->let_in = true;
    pthread_cond_signal(&sauna->place_free);
    pthread_mutex_unlock(&sauna->lock);
}

int sauna_guests(struct sauna *sauna)
{
    pthread_mutex_lock(&sauna->lock);
    int guests = sauna->guests;
    pthread_mutex_unlock(&sauna->lock);
    return guests;
}
