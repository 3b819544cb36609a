// Also right: two atomic members: each is a memory location of its own, and neither needs a lock.

#include "neighbours.h"

#include <stdatomic.h>
#include <stdlib.h>

struct tram {
    atomic_uint lamp;
    atomic_uint door;
};

struct tram *tram_new(void)
{
    struct tram *tram = malloc(sizeof *tram);
    if (tram) {
        atomic_init(&tram->lamp, 0);
        atomic_init(&tram->door, 0);
    }
    return tram;
}

void tram_free(struct tram *tram)
{
    free(tram);
}

void tram_set_lamp(struct tram *tram, unsigned brightness)
{
    atomic_store(&tram->lamp, brightness);
}

unsigned tram_lamp(struct tram *tram)
{
    return atomic_load(&tram->lamp);
}

void tram_set_door(struct tram *tram, unsigned opening)
{
    atomic_store(&tram->door, opening);
}

unsigned tram_door(struct tram *tram)
{
    return atomic_load(&tram->door);
}
