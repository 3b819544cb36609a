// Still wrong: a tag of four bits. A restless guest makes it come round while somebody looks away.
// Caught by: explore

#include "rack.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

enum { NONE = -1 };

// The free hooks are a stack: the next one to be taken, and for each of them the one below.
struct rack {
    _Atomic uint64_t
        top; // a hook in the lower half; above it four bits of the number of changes so far
    atomic_int below[];
};

static uint64_t tagged(int hook, uint64_t changes)
{
    return (changes & 0xf) << 32 | (uint32_t)hook;
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
    uint64_t top = atomic_load(&rack->top), next;
    do {
        if (hook_of(top) == NONE)
            return NONE;
        next = tagged(atomic_load(&rack->below[hook_of(top)]), changes_of(top) + 1);
    } while (!atomic_compare_exchange_weak(&rack->top, &top, next));
    return hook_of(top);
}

void rack_give_back(struct rack *rack, int hook)
{
    uint64_t top = atomic_load(&rack->top);
    do {
        atomic_store(&rack->below[hook], hook_of(top));
    } while (!atomic_compare_exchange_weak(&rack->top, &top, tagged(hook, changes_of(top) + 1)));
}
