// Also right: takes a place in one atomic step when there is one, and asks again when there is
// none.

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
    int guests = atomic_load(&sauna->guests);
    while (guests < sauna->places)
        if (atomic_compare_exchange_weak(&sauna->guests, &guests, guests + 1))
            return true;
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
