// Still wrong: the top is exchanged in one step, so what is below need not be atomic. But it is
// read by one who will fail, while another one writes it.
// Caught by: explore

#include "rack.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { NONE = -1 };

// The free hooks are a stack: `top` is the next one to be taken, and each of them knows the one below.
struct rack {
    atomic_int top; // NONE: no hook is free
    int below[];
};

struct rack *rack_new(int hooks)
{
    struct rack *rack = calloc(1, sizeof *rack + (size_t)hooks * sizeof(int));
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
    int hook = atomic_load(&rack->top), next;
    do {
        if (hook == NONE)
            return NONE;
        next = rack->below[hook];
    } while (!atomic_compare_exchange_weak(&rack->top, &hook, next));
    return hook;
}

void rack_give_back(struct rack *rack, int hook)
{
    int top = atomic_load(&rack->top);
    do {
        rack->below[hook] = top;
    } while (!atomic_compare_exchange_weak(&rack->top, &top, hook));
}
