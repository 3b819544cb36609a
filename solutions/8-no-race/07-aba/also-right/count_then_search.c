// Also right: a semaphore counts the free hooks; who gets through looks for one until he has it,
// and there is one for him.

#include "rack.h"

#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

struct rack {
    sem_t free_hooks; // so many; who got one of them finds it
    int hooks;
    atomic_bool taken[];
};

struct rack *rack_new(int hooks)
{
    struct rack *rack = calloc(1, sizeof *rack + (size_t)hooks * sizeof(atomic_bool));
    if (!rack)
        return NULL;
    sem_init(&rack->free_hooks, 0, (unsigned)hooks);
    rack->hooks = hooks;
    return rack;
}

void rack_free(struct rack *rack)
{
    if (rack)
        sem_destroy(&rack->free_hooks);
    free(rack);
}

int rack_take(struct rack *rack)
{
    if (sem_trywait(&rack->free_hooks) != 0)
        return -1;
    int hook = 0;
    while (atomic_exchange(&rack->taken[hook], true))
        hook = (hook + 1) % rack->hooks;
    return hook;
}

void rack_give_back(struct rack *rack, int hook)
{
    atomic_store(&rack->taken[hook], false);
    sem_post(&rack->free_hooks);
}
