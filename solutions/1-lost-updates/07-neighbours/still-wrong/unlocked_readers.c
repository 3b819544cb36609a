// Still wrong: one lock for all who write, none for those who read: they may look at a byte in the
// making.
// Caught by: explore, tsan, helgrind

#include "neighbours.h"

#include <pthread.h>
#include <stdlib.h>

struct tram {
    pthread_mutex_t lock; // guards lamp and door, for they share a byte
    unsigned lamp : 4;
    unsigned door : 4;
};

struct tram *tram_new(void)
{
    struct tram *tram = calloc(1, sizeof *tram);
    if (tram)
        pthread_mutex_init(&tram->lock, NULL);
    return tram;
}

void tram_free(struct tram *tram)
{
    if (tram)
        pthread_mutex_destroy(&tram->lock);
    free(tram);
}

void tram_set_lamp(struct tram *tram, unsigned brightness)
{
    pthread_mutex_lock(&tram->lock);
    tram->lamp = brightness;
    pthread_mutex_unlock(&tram->lock);
}

unsigned tram_lamp(struct tram *tram)
{
    return tram->lamp;
}

void tram_set_door(struct tram *tram, unsigned opening)
{
    pthread_mutex_lock(&tram->lock);
    tram->door = opening;
    pthread_mutex_unlock(&tram->lock);
}

unsigned tram_door(struct tram *tram)
{
    return tram->door;
}
