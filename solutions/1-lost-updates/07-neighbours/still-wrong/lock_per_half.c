// Still wrong: one lock, but let go between reading the byte and writing it back.
// Caught by: explore

#include "neighbours.h"

#include <pthread.h>
#include <stdlib.h>

struct controls {
    unsigned lamp : 4;
    unsigned door : 4;
};

struct tram {
    pthread_mutex_t lock; // guards controls
    struct controls controls;
};

static struct controls look(struct tram *tram)
{
    pthread_mutex_lock(&tram->lock);
    struct controls controls = tram->controls;
    pthread_mutex_unlock(&tram->lock);
    return controls;
}

static void change(struct tram *tram, struct controls controls)
{
    pthread_mutex_lock(&tram->lock);
    tram->controls = controls;
    pthread_mutex_unlock(&tram->lock);
}

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
    struct controls controls = look(tram);
    controls.lamp = brightness;
    change(tram, controls);
}

unsigned tram_lamp(struct tram *tram)
{
    return look(tram).lamp;
}

void tram_set_door(struct tram *tram, unsigned opening)
{
    struct controls controls = look(tram);
    controls.door = opening;
    change(tram, controls);
}

unsigned tram_door(struct tram *tram)
{
    return look(tram).door;
}
