// Still wrong: the pair now has a cache line to itself, as a pair: nothing stands between the two.
// Caught by: explore, tsan, helgrind

#include "neighbours.h"

#include <pthread.h>
#include <stdlib.h>

struct tram {
    pthread_mutex_t lamp_lock; // guards lamp
    pthread_mutex_t door_lock; // guards door
    char before[64];
    unsigned lamp : 4;
    unsigned door : 4;
    char behind[64];
};

struct tram *tram_new(void)
{
    struct tram *tram = calloc(1, sizeof *tram);
    if (tram) {
        pthread_mutex_init(&tram->lamp_lock, NULL);
        pthread_mutex_init(&tram->door_lock, NULL);
    }
    return tram;
}

void tram_free(struct tram *tram)
{
    if (tram) {
        pthread_mutex_destroy(&tram->lamp_lock);
        pthread_mutex_destroy(&tram->door_lock);
    }
    free(tram);
}

void tram_set_lamp(struct tram *tram, unsigned brightness)
{
    pthread_mutex_lock(&tram->lamp_lock);
    tram->lamp = brightness;
    pthread_mutex_unlock(&tram->lamp_lock);
}

unsigned tram_lamp(struct tram *tram)
{
    pthread_mutex_lock(&tram->lamp_lock);
    unsigned brightness = tram->lamp;
    pthread_mutex_unlock(&tram->lamp_lock);
    return brightness;
}

void tram_set_door(struct tram *tram, unsigned opening)
{
    pthread_mutex_lock(&tram->door_lock);
    tram->door = opening;
    pthread_mutex_unlock(&tram->door_lock);
}

unsigned tram_door(struct tram *tram)
{
    pthread_mutex_lock(&tram->door_lock);
    unsigned opening = tram->door;
    pthread_mutex_unlock(&tram->door_lock);
    return opening;
}
