// Still wrong: a slot for each customer, filled in one step; but the slots end, and so do the
// numbers of customers that fit.
// Caught by: explore

#include "get_or_insert.h"

#include <stdlib.h>

enum { SLOTS = 4096 };

struct carts {
    struct cart *_Atomic slots[SLOTS];
};

struct carts *carts_new(void)
{
    return calloc(1, sizeof(struct carts));
}

void carts_free(struct carts *carts)
{
    for (int i = 0; carts && i < SLOTS; i++)
        free(carts->slots[i]);
    free(carts);
}

struct cart *carts_get(struct carts *carts, long customer)
{
    struct cart *_Atomic *slot = &carts->slots[customer];
    struct cart *there = atomic_load(slot);
    if (there)
        return there;
    struct cart *mine = malloc(sizeof *mine);
    if (!mine)
        return NULL;
    mine->customer = customer;
    atomic_init(&mine->items, 0);
    if (atomic_compare_exchange_strong(slot, &there, mine))
        return mine;
    free(mine);
    return there;
}
