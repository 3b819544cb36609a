// Still wrong: all steps are whole, and none takes along what was done while the hook was taken.
// Caught by: explore

#include "rack.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

enum { NONE = -1 };

// The free hooks are a stack: the next one to be taken, and for each of them the one below.
struct rack {
    _Atomic uint64_t top; // a hook in the lower half; in the upper one the number of changes so far
    atomic_int below[];
};

static uint64_t tagged(int hook, uint64_t changes)
{
    return changes << 32 | (uint32_t)hook;
}

static int hook_of(uint64_t top)
{
    return (int)(uint32_t)top;
}

static uint64_t changes_of(uint64_t top)
{
    return top >> 32;
}

struct rack *rack_new(int hooks)
{
    struct rack *rack = calloc(1, sizeof *rack + (size_t)hooks * sizeof(atomic_int));
    if (!rack)
        return NULL;
    for (int i = 0; i < hooks; i++)
        rack->below[i] = i + 1 < hooks ? i + 1 : NONE;
    rack->top = tagged(hooks > 0 ? 0 : NONE, 0);
    return rack;
}

void rack_free(struct rack *rack)
{
    free(rack);
}

int rack_take(struct rack *rack)
{
    uint64_t top = atomic_load_explicit(&rack->top, memory_order_relaxed), next;
    do {
        if (hook_of(top) == NONE)
            return NONE;
        atomic_int *below = &rack->below[hook_of(top)];
        next = tagged(atomic_load_explicit(below, memory_order_relaxed), changes_of(top) + 1);
    } while (!atomic_compare_exchange_weak_explicit(&rack->top, &top, next, memory_order_relaxed,
                                                    memory_order_relaxed));
    return hook_of(top);
}

void rack_give_back(struct rack *rack, int hook)
{
    uint64_t top = atomic_load_explicit(&rack->top, memory_order_relaxed), next;
    do {
        atomic_store_explicit(&rack->below[hook], hook_of(top), memory_order_relaxed);
        next = tagged(hook, changes_of(top) + 1);
    } while (!atomic_compare_exchange_weak_explicit(&rack->top, &top, next, memory_order_relaxed,
                                                    memory_order_relaxed));
}
