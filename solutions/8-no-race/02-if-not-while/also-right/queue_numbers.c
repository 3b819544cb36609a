// Also right: who comes gets a number, and who leaves lets the next number in; nobody overtakes.

#include "sauna.h"

#include <pthread.h>
#include <stdlib.h>

struct sauna {
    pthread_mutex_t lock; // guards all of it
    pthread_cond_t place_free;
    int places, guests;
    unsigned long next_number, let_in; // numbers below let_in may go in
};

struct sauna *sauna_new(int places)
{
    struct sauna *sauna = calloc(1, sizeof *sauna);
    if (sauna) {
        pthread_mutex_init(&sauna->lock, NULL);
        pthread_cond_init(&sauna->place_free, NULL);
        sauna->places = places;
        sauna->let_in = (unsigned long)places;
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
    unsigned long own = sauna->next_number++;
    while (own >= sauna->let_in)
        pthread_cond_wait(&sauna->place_free, &sauna->lock);
    sauna->guests++;
    pthread_mutex_unlock(&sauna->lock);
}

void sauna_leave(struct sauna *sauna)
{
    pthread_mutex_lock(&sauna->lock);
    sauna->guests--;
    sauna->let_in++;
    pthread_cond_broadcast(&sauna->place_free);
    pthread_mutex_unlock(&sauna->lock);
}

int sauna_guests(struct sauna *sauna)
{
    pthread_mutex_lock(&sauna->lock);
    int guests = sauna->guests;
    pthread_mutex_unlock(&sauna->lock);
    return guests;
}
