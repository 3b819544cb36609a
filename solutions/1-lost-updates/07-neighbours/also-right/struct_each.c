// Also right: a struct for each, with its lock and its field; fields of two structs are never
// neighbours.

#include "neighbours.h"

#include <pthread.h>
#include <stdlib.h>

struct part {
    pthread_mutex_t lock; // guards value
    unsigned value : 4;
};

struct tram {
    struct part lamp, door;
};

static void part_set(struct part *part, unsigned value)
{
    pthread_mutex_lock(&part->lock);
    part->value = value;
    pthread_mutex_unlock(&part->lock);
}

static unsigned part_get(struct part *part)
{
    pthread_mutex_lock(&part->lock);
    unsigned value = part->value;
    pthread_mutex_unlock(&part->lock);
    return value;
}

struct tram *tram_new(void)
{
    struct tram *tram = calloc(1, sizeof *tram);
    if (tram) {
        pthread_mutex_init(&tram->lamp.lock, NULL);
        pthread_mutex_init(&tram->door.lock, NULL);
    }
    return tram;
}

void tram_free(struct tram *tram)
{
    if (tram) {
        pthread_mutex_destroy(&tram->lamp.lock);
        pthread_mutex_destroy(&tram->door.lock);
    }
    free(tram);
}

void tram_set_lamp(struct tram *tram, unsigned brightness)
{
    part_set(&tram->lamp, brightness);
}

unsigned tram_lamp(struct tram *tram)
{
    return part_get(&tram->lamp);
}

void tram_set_door(struct tram *tram, unsigned opening)
{
    part_set(&tram->door, opening);
}

unsigned tram_door(struct tram *tram)
{
    return part_get(&tram->door);
}
