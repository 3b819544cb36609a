// Still wrong: goes in first, and out again when it is too full: for a moment there are more inside
// than places, and who counts sees it.
// Caught by: explore

#include "sauna.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct sauna {
    atomic_int guests;
    int places;
};

struct sauna *sauna_new(int places)
{
    struct sauna *sauna = calloc(1, sizeof *sauna);
    if (sauna)
        sauna->places = places;
    return sauna;
}

void sauna_free(struct sauna *sauna)
{
    free(sauna);
}

static bool take_place(struct sauna *sauna)
{
    if (atomic_fetch_add(&sauna->guests, 1) < sauna->places)
        return true;
    atomic_fetch_sub(&sauna->guests, 1);
    return false;
}

void sauna_enter(struct sauna *sauna)
{
    while (!take_place(sauna))
        sched_yield();
}

void sauna_leave(struct sauna *sauna)
{
    atomic_fetch_sub(&sauna->guests, 1);
}

int sauna_guests(struct sauna *sauna)
{
    return atomic_load(&sauna->guests);
}
