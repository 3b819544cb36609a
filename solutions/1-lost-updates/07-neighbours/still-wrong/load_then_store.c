// Still wrong: atomic load, atomic store: what the neighbour did between the two is stored over.
// Caught by: explore

#include "neighbours.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { LAMP_SHIFT = 0, DOOR_SHIFT = 4, MASK = TRAM_STEPS - 1 };

struct tram {
    atomic_uint word; // the lamp in the low four bits, the door in the next four
};

static void set_bits(struct tram *tram, int shift, unsigned value)
{
    unsigned others = atomic_load(&tram->word) & ~((unsigned)MASK << shift);
    atomic_store(&tram->word, others | value << shift);
}

static unsigned bits(struct tram *tram, int shift)
{
    return atomic_load(&tram->word) >> shift & MASK;
}

struct tram *tram_new(void)
{
    struct tram *tram = calloc(1, sizeof *tram);
    if (tram)
        atomic_init(&tram->word, 0);
    return tram;
}

void tram_free(struct tram *tram)
{
    free(tram);
}

void tram_set_lamp(struct tram *tram, unsigned brightness)
{
    set_bits(tram, LAMP_SHIFT, brightness);
}

unsigned tram_lamp(struct tram *tram)
{
    return bits(tram, LAMP_SHIFT);
}

void tram_set_door(struct tram *tram, unsigned opening)
{
    set_bits(tram, DOOR_SHIFT, opening);
}

unsigned tram_door(struct tram *tram)
{
    return bits(tram, DOOR_SHIFT);
}
