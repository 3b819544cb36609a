// Still wrong: hooks are handed out by a counter that goes round: quick, and after a full round the
// hook may still be taken.
// Caught by: explore

#include "rack.h"

#include <stdatomic.h>
#include <stdlib.h>

struct rack {
    int hooks;
    atomic_int free_hooks;
    atomic_uint next;
};

struct rack *rack_new(int hooks)
{
    struct rack *rack = calloc(1, sizeof *rack);
    if (!rack)
        return NULL;
    rack->hooks = hooks;
    rack->free_hooks = hooks;
    return rack;
}

void rack_free(struct rack *rack)
{
    free(rack);
}

int rack_take(struct rack *rack)
{
    int there = atomic_load(&rack->free_hooks);
    do {
        if (there == 0)
            return -1;
    } while (!atomic_compare_exchange_weak(&rack->free_hooks, &there, there - 1));
    return (int)(atomic_fetch_add(&rack->next, 1) % (unsigned)rack->hooks);
}

void rack_give_back(struct rack *rack, int hook)
{
    (void)hook;
    atomic_fetch_add(&rack->free_hooks, 1);
}
