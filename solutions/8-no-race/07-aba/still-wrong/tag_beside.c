// Still wrong: counts the changes in a variable of its own, and compares that first. The comparison
// and the exchange are two steps.
// Caught by: explore

#include "rack.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { NONE = -1 };

// The free hooks are a stack: `top` is the next one to be taken, and each of them knows the one below.
struct rack {
    atomic_int top; // NONE: no hook is free
    atomic_long changes;
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
    for (;;) {
        long changes = atomic_load(&rack->changes);
        int hook = atomic_load(&rack->top);
        if (hook == NONE)
            return NONE;
        int next = atomic_load(&rack->below[hook]);
        if (atomic_load(&rack->changes) != changes ||
            !atomic_compare_exchange_weak(&rack->top, &hook, next))
            continue;
        atomic_fetch_add(&rack->changes, 1);
        return hook;
    }
}

void rack_give_back(struct rack *rack, int hook)
{
    int top = atomic_load(&rack->top);
    do {
        atomic_store(&rack->below[hook], top);
    } while (!atomic_compare_exchange_weak(&rack->top, &top, hook));
}
