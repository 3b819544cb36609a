// See racy.h. races.c adds; accesses.c, ranges.c and heap.c ask at every access.

#include "racy.h"

#include <string.h>

#include "hash.h"

enum { PLACES = 1 << 13, PLACES_FULL = PLACES / 2 };

struct place {
    uintptr_t granule;
    uint32_t number; // in the order of being added, from 1; 0: empty
};

struct racy {
    uint32_t count;
    uint32_t settled; // numbers up to this one count
    struct place places[PLACES];
};

static struct racy *all;

void racy_set_up(void)
{
    all = engine_share(sizeof *all);
}

// Gives the granule's place, or the empty one where it belongs.
static struct place *place_of(uintptr_t granule)
{
    size_t at = hash_address(granule * GRANULE) % PLACES;
    while (all->places[at].number != 0 && all->places[at].granule != granule)
        at = (at + 1) % PLACES;
    return &all->places[at];
}

// Beyond PLACES_FULL nothing is added: such places are still checked, only not tried in both
// orders.
void racy_add(uintptr_t granule)
{
    struct place *place = place_of(granule);
    if (place->number == 0 && all->count < PLACES_FULL)
        *place = (struct place){granule, ++all->count};
}

void racy_settle(void)
{
    all->settled = all->count;
}

void racy_take_back(void)
{
    for (size_t at = 0; all->count > all->settled && at < PLACES; at++)
        if (all->places[at].number > all->settled)
            all->places[at] = (struct place){0, 0};
    all->count = all->settled;
}

uint32_t racy_new(void)
{
    return all->count - all->settled;
}

void racy_forget(void)
{
    memset(all, 0, sizeof *all);
}

const void *racy_within(const void *address, size_t size)
{
    if (all->settled == 0 || size == 0)
        return NULL;
    uintptr_t last = ((uintptr_t)address + size - 1) / GRANULE;
    for (uintptr_t granule = (uintptr_t)address / GRANULE; granule <= last; granule++) {
        uint32_t number = place_of(granule)->number;
        if (number != 0 && number <= all->settled)
            return (const void *)(granule * GRANULE);
    }
    return NULL;
}

bool races_is_racy(const void *address)
{
    return racy_within(address, 1) != NULL;
}
