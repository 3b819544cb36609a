// Also right: whoever changes the stack takes its top in his hand, and there is none to be seen meanwhile. The top
// is its own lock.

#include "rack.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { NONE = -1, BUSY = -2 };

// The free hooks are a stack: `top` is the next one to be taken, and each of them knows the one below.
struct rack {
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

// Takes the top, so that nobody else has it.
static int lock_top(struct rack *rack)
{
    int top;
    while ((top = atomic_exchange(&rack->top, BUSY)) == BUSY)
        sched_yield();
    return top;
}

int rack_take(struct rack *rack)
{
    int hook = lock_top(rack);
    rack->top = hook == NONE ? NONE : rack->below[hook];
    return hook;
}

void rack_give_back(struct rack *rack, int hook)
{
    rack->below[hook] = lock_top(rack);
    rack->top = hook;
}
