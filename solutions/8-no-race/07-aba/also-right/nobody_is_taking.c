// Also right: counts those who are taking a hook. Whoever gives one back waits until there is nobody: so what is on
// top when somebody begins to take does not come back before he has ended.

#include "rack.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { NONE = -1 };

// The free hooks are a stack: `top` is the next one to be taken, and each of them knows the one below.
struct rack {
    atomic_int takers;
    atomic_int top; // NONE: no hook is free
    atomic_int below[];
};

struct rack *rack_new(int hooks)
{
    struct rack *rack = calloc(1, sizeof *rack + (size_t)hooks * sizeof(atomic_int));
    if (!rack)
        return NULL;
    for (int i = 0; i < hooks; i++)
        rack->below[i] = i + 1 < hooks ? i + 1 : NONE;
    rack->top = hooks > 0 ? 0 : NONE;
    return rack;
}

void rack_free(struct rack *rack)
{
    free(rack);
}

int rack_take(struct rack *rack)
{
    rack->takers++;
    int hook = atomic_load(&rack->top), next;
    do {
        if (hook == NONE) {
            rack->takers--;
            return NONE;
        }
        next = atomic_load(&rack->below[hook]);
    } while (!atomic_compare_exchange_weak(&rack->top, &hook, next));
    rack->takers--;
    return hook;
}

void rack_give_back(struct rack *rack, int hook)
{
    while (rack->takers > 0)
        sched_yield();
    int top = atomic_load(&rack->top);
    do {
        atomic_store(&rack->below[hook], top);
    } while (!atomic_compare_exchange_weak(&rack->top, &top, hook));
}
